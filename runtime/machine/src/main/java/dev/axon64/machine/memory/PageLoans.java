package dev.axon64.machine.memory;

/** Lends pages of a space to its {@linkplain PageUser user}, and calls them back. */
final class PageLoans {
  private static final PageUser NOBODY =
      new PageUser() {
        @Override
        public void forget() {}

        @Override
        public void giveBack(long number, byte[] bytes) {}
      };

  private PageUser user = NOBODY;

  /** Sets the user; null for none. The old user must hold no loans any more. */
  void setUser(PageUser next) {
    user = next == null ? NOBODY : next;
  }

  /** Makes the user forget the translations it was given. */
  void forget() {
    user.forget();
  }

  /** Ends the lending of a page, if it is lent. */
  void callBack(PageTable.Entry entry, long number) {
    if (entry.lent) {
      entry.lent = false;
      user.giveBack(number, entry.page.bytes);
    }
  }
}
