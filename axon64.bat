@echo off
rem Runs Axon64 on Windows, as `axon64` does elsewhere: from a source checkout, which it builds on first use, or, as
rem bin\axon64.bat, from an unpacked distribution. Finds a JDK 25; AXON64_JAVA_HOME names one by hand.
setlocal EnableExtensions DisableDelayedExpansion
set "here=%~dp0"
set "here=%here:~0,-1%"

rem A JDK's folder has a file `release` that tells its version without starting it.
set "jdk="
if not defined AXON64_JAVA_HOME goto :search
call :jdk25 "%AXON64_JAVA_HOME%"
if defined jdk goto :found
echo axon64: AXON64_JAVA_HOME=%AXON64_JAVA_HOME%: holds no JDK 25; name one, or unset it>&2
exit /b 2

:search
if defined JAVA_HOME call :jdk25 "%JAVA_HOME%"
for /f "delims=" %%c in ('where javac 2^>nul') do for %%d in ("%%~dpc..") do call :jdk25 "%%~fd"
for %%v in (Java "Eclipse Adoptium" Microsoft Zulu BellSoft "Amazon Corretto" OpenJDK) do (
  for /d %%d in ("%ProgramFiles%\%%~v\*") do call :jdk25 "%%~fd"
)
for /d %%d in ("%USERPROFILE%\.jdks\*") do call :jdk25 "%%~fd"
if defined jdk goto :found
echo axon64: no JDK 25 found; install one, or set AXON64_JAVA_HOME to its folder>&2
exit /b 2

:found

if exist "%here%\..\lib\" (
  set "classpath=%here%\..\lib\*"
  set "stamp=%here%\axon64.bat"
  set "cache=%here%\..\axon64.aot"
  goto :start
)
rem The benchmarks have libraries of their own, which nothing else starts with.
set "module=runtime\app"
if "%~1"=="bench" set "module=bench"
set "stamp=%here%\%module%\target\axon64.stamp"
if not exist "%stamp%" (
  where mvn >nul 2>nul || (
    echo axon64: Maven is needed to build from source; install mvn>&2
    exit /b 2
  )
  echo axon64: building from source ^(first use^) ...>&2
  pushd "%here%"
  call mvn -q -B -DskipTests -Dspotless.check.skip=true -pl "%module:\=/%" -am package 1>&2 || (
    echo axon64: the build failed; see above>&2
    exit /b 2
  )
  popd
  type nul >"%stamp%"
)
for /f "delims=" %%j in ('dir /b "%here%\%module%\target\axon64-*.jar" ^| findstr /r "[0-9]\.jar$"') do set "jar=%%j"
set "classpath=%here%\%module%\target\%jar%;%here%\%module%\target\lib\*"
set "cache=%here%\%module%\target\axon64.aot"

:start
set "common=--enable-native-access=ALL-UNNAMED --add-exports=java.base/jdk.internal.misc=ALL-UNNAMED"
set "common=%common% --sun-misc-unsafe-memory-access=allow"
set "quick=%common% -XX:+UseSerialGC -Xlog:disable"
rem What the JVM's optimising compiler makes pays only where a program stays: it begins ten times as late, and what comes
rem before it is compiled once, not once more while it is busy.
set "quick=%quick% -XX:Tier3DelayOn=1000 -XX:Tier4InvocationThreshold=50000 -XX:Tier4MinInvocationThreshold=6000"
set "quick=%quick% -XX:Tier4CompileThreshold=150000 -XX:Tier4BackEdgeThreshold=400000"

set "starts="
for %%c in (run demo disasm) do if "%~1"=="%%c" set "starts=quick"
if "%~1"=="" set "starts=quick"
set "first=%~1"
if "%first:~0,1%"=="-" set "starts=quick"
if not defined starts goto :other

rem Keeps what a JVM would otherwise prepare at every start; it runs the demo's program for that.
if not exist "%cache%" (
  echo axon64: preparing quick starts ^(once^) ...>&2
  "%jdk%\bin\java" %quick% -XX:+UnlockDiagnosticVMOptions -XX:-AOTRecordTraining -XX:AOTCacheOutput="%cache%" -Daxon64.reservation.bits=22 -cp "%classpath%" dev.axon64.app.Rehearsal >nul 2>nul
)
"%jdk%\bin\java" %quick% -XX:AOTCache="%cache%" %AXON64_JAVA_OPTS% -cp "%classpath%" dev.axon64.app.Main %*
exit /b %ERRORLEVEL%

:other
"%jdk%\bin\java" %common% --add-modules=jdk.incubator.vector -XX:+UseParallelGC -Daxon64.launcher="%here%\axon64.bat" %AXON64_JAVA_OPTS% -cp "%classpath%" dev.axon64.app.Main %*
exit /b %ERRORLEVEL%

rem Takes a folder as the JDK if none was found yet and it is one of version 25.
:jdk25
if defined jdk exit /b 0
if not exist "%~1\bin\java.exe" exit /b 0
if not exist "%~1\bin\javac.exe" exit /b 0
findstr /b /c:"JAVA_VERSION=\"25" "%~1\release" >nul 2>nul && set "jdk=%~1"
exit /b 0
