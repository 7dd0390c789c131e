/** Users, groups and capabilities: whom a thread acts for, and what that lets it do. */
package dev.axon64.linux.identity;
