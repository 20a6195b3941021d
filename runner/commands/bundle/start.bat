@echo off
rem Without arguments: the self-check page on this machine. With files or folders of reports: checks them.
rem The first start installs everything beside this file, without any network.
setlocal
set here=%~dp0
if exist "%here%environment\Scripts\serve-checks.exe" goto ready
set python=py -{version}
%python% -c "" >nul 2>nul || set python=python
%python% -c "import sys; sys.exit('%%d.%%d' %% sys.version_info[:2] != '{version}')" >nul 2>nul || goto missing
if exist "%here%environment" rmdir /s /q "%here%environment"
%python% -m venv "%here%environment" || exit /b 2
"%here%environment\Scripts\python" -m pip install --quiet --disable-pip-version-check --no-index --find-links "%here%wheels" --constraint "%here%constraints.txt" "disclosure-checks[{extras}]" || exit /b 2
:ready
set first=%~1
if "%first%"=="" goto serve
if "%first:~0,1%"=="-" goto serve
"%here%environment\Scripts\run-checks" "%here%specs" %*
set code=%errorlevel%
if "%code%"=="1" set code=0
pause
exit /b %code%
:serve
"%here%environment\Scripts\serve-checks" "%here%specs" %*
exit /b %errorlevel%
:missing
echo Python {version} is needed.
pause
exit /b 2
