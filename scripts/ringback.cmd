@echo off
rem Ringback's launcher for Windows: the Java of the archive, or that of JAVA_HOME, or the one on the PATH; 21 or newer.
setlocal
set "root=%~dp0"
if "%root:~-1%"=="\" set "root=%root:~0,-1%"
set "java=%root%\runtime\bin\java.exe"
if not exist "%java%" if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java.exe"
if not exist "%java%" set "java=java.exe"
for %%j in ("%root%\lib\simulator-server-*.jar") do set "jar=%%j"
set "flags=-XX:+UseSerialGC -Xms20m -XX:NewSize=12m -XX:+ExitOnOutOfMemoryError -Xlog:disable"
echo %* | findstr /C:"--state" >nul && set "flags=%flags% --enable-native-access=ALL-UNNAMED"
if exist "%root%\runtime\run.start" set "flags=%flags% -XX:+UseCompactObjectHeaders -XX:AOTCache=%root%\runtime\run.start"
if not "%1"=="serve" if not "%1"=="load" set "flags=%flags% -XX:TieredStopAtLevel=1"
"%java%" %flags% "-Dringback.root=%root%" "-Dringback.command=ringback" -cp "%jar%" dev.ringback.cli.Ringback %*
exit /b %errorlevel%
