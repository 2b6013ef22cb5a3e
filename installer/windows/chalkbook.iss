; Inno Setup: the installer for Windows, made from build\dist\chalkbook with
; iscc /DVersion=... chalkbook.iss
[Setup]
AppName=Chalkbook
AppVersion={#Version}
DefaultDirName={autopf}\Chalkbook
DefaultGroupName=Chalkbook
OutputBaseFilename=chalkbook-setup
OutputDir=..\..\build
SetupIconFile=..\icons\chalkbook.ico
LicenseFile=..\..\LICENSE
PrivilegesRequired=lowest
ArchitecturesInstallIn64BitMode=x64compatible

[Files]
Source: "..\..\build\dist\chalkbook\*"; DestDir: "{app}"; Flags: recursesubdirs

[Icons]
Name: "{group}\Chalkbook"; Filename: "{app}\chalkbook.exe"

[Run]
Filename: "{app}\chalkbook.exe"; Description: "Open Chalkbook"; Flags: nowait postinstall skipifsilent
