; The installer: for one user, without administrator, silent with /S. Values come from .ci/windows/build.
!ifndef TARGET
  !define TARGET amd64-unicode
!endif
Target ${TARGET}
Unicode true
!include MUI2.nsh
!include LogicLib.nsh
!define NAME "校园安全台账"
!define ID "CampusLedger"
!define PROGRAM "${ID}.exe"
!define CLASSES "Software\Classes"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\${ID}"

Name "${NAME}"
OutFile "${OUTPUT}"
InstallDir "$LOCALAPPDATA\Programs\${ID}"
InstallDirRegKey HKCU "Software\${ID}" "InstallDir"
RequestExecutionLevel user
!ifdef QUICK ; the older version that the tests upgrade from
  SetCompress off
!else
  SetCompressor /SOLID lzma
  SetCompressorDictSize 64 ; MB: the fonts resemble each other
!endif
BrandingText "${NAME} ${VERSION}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=2052 "ProductName" "${NAME}"
VIAddVersionKey /LANG=2052 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "FileDescription" "${NAME} 安装程序"
VIAddVersionKey /LANG=2052 "LegalCopyright" "Apache License 2.0"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN "$INSTDIR\${PROGRAM}"
!define MUI_FINISHPAGE_RUN_TEXT "现在打开${NAME}"
!define MUI_UNCONFIRMPAGE_TEXT_TOP "将卸载程序。您填写的台账不会删除，仍在：$LOCALAPPDATA\${ID}"
!define MUI_DIRECTORYPAGE_TEXT_TOP "${NAME}将装在下面的文件夹里；要换位置，请点“浏览”。可用空间不够时，“安装”是灰的：请先清理磁盘，或换一个位置。"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"

; Say why not, and end: nothing has changed yet.
!macro GiveUp WORDS
  MessageBox MB_OK|MB_ICONSTOP "${WORDS}" /SD IDOK
  SetErrorLevel 2
  Quit
!macroend

; A program that runs keeps its .exe open: without this an upgrade would leave half of each version.
!macro NotWhileRunning
  ${If} ${FileExists} "$INSTDIR\${PROGRAM}"
    ClearErrors
    FileOpen $0 "$INSTDIR\${PROGRAM}" a
    ${If} ${Errors}
      !insertmacro GiveUp "${NAME}正在使用。请先关闭它的窗口，再运行一次。"
    ${EndIf}
    FileClose $0
  ${EndIf}
!macroend

; Scanners hold for a moment what was just written.
!macro Move FROM TO
  StrCpy $0 20
  ${Do}
    ClearErrors
    Rename "$INSTDIR\${FROM}" "$INSTDIR\${TO}"
    ${IfNot} ${Errors}
      ${Break}
    ${EndIf}
    Sleep 500
    IntOp $0 $0 - 1
  ${LoopUntil} $0 = 0
!macroend

; The whole program is unpacked beside the older version, which stays until then.
!macro EnoughSpace
  SectionGetSize ${MAIN} $0 ; kB
  System::Call 'kernel32::GetDiskFreeSpaceExW(w "$INSTDIR", *l .r1, p 0, p 0) i .r2'
  System::Int64Op $1 / 1024
  Pop $1
  System::Int64Op $1 < $0
  Pop $3
  ${If} $2 <> 0
  ${AndIf} $3 = 1
    IntOp $0 $0 / 1024
    IntOp $1 $1 / 1024
    SetOutPath "$TEMP"
    RMDir "$INSTDIR" ; only where nothing lies in it
    !insertmacro GiveUp "磁盘空间不够，没有安装：$INSTDIR 所在的磁盘只剩 $1 MB，需要 $0 MB。请清理磁盘或换一个位置，再运行一次；已装的旧版本没有变。"
  ${EndIf}
!macroend

!macro Unpacked
  SetOutPath "$INSTDIR"
  RMDir /r "$INSTDIR\old"
  ${If} ${FileExists} "$INSTDIR\_internal\*.*"
    !insertmacro Move _internal old
    ${If} ${Errors}
      RMDir /r "$INSTDIR\new"
      !insertmacro GiveUp "没有装好：旧版本的文件正被别的程序占用。请重新启动电脑，再运行一次；旧版本没有变。"
    ${EndIf}
  ${EndIf}
  !insertmacro Move new\_internal _internal
  ${If} ${Errors}
    Rename "$INSTDIR\old" "$INSTDIR\_internal"
    RMDir /r "$INSTDIR\new"
    !insertmacro GiveUp "没有装好：新版本的文件正被别的程序（例如杀毒软件）占用。请过一会儿再运行一次；旧版本没有变。"
  ${EndIf}
  Delete "$INSTDIR\${PROGRAM}"
  !insertmacro Move new\${PROGRAM} ${PROGRAM}
  RMDir "$INSTDIR\new"
  RMDir /r "$INSTDIR\old"
!macroend

; A file could not be written: what was unpacked goes again. With a window this is called by its “cancel”.
AllowSkipFiles off
FileErrorText "" "写不进文件 $0：磁盘空间不够，或被别的程序占用。处理后点“重试”；点“取消”就不装，旧版本不变。"
Function .onInstFailed
  SetOutPath "$TEMP"
  RMDir /r "$INSTDIR\new"
  RMDir "$INSTDIR"
  MessageBox MB_OK|MB_ICONSTOP "没有装好：磁盘空间不够，或文件夹不能写入。请清理磁盘或换一个位置，再运行一次；已装的旧版本没有变。" /SD IDOK
FunctionEnd

Section "main" MAIN
  SetOutPath "$INSTDIR"
  !insertmacro NotWhileRunning
  RMDir /r "$INSTDIR\new" ; of an installation that was cut off
  !insertmacro EnoughSpace
  SetOutPath "$INSTDIR\new"
  File /r "${SOURCE}/*"
  !insertmacro Unpacked
  WriteUninstaller "$INSTDIR\uninstall.exe"
  WriteRegStr HKCU "Software\${ID}" "InstallDir" "$INSTDIR"
  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\${PROGRAM}"
  CreateShortcut "$DESKTOP\${NAME}.lnk" "$INSTDIR\${PROGRAM}"
  WriteRegStr HKCU "${CLASSES}\.aqb" "" "${ID}.Bundle"
  WriteRegStr HKCU "${CLASSES}\${ID}.Bundle" "" "${NAME}数据包"
  WriteRegStr HKCU "${CLASSES}\${ID}.Bundle\DefaultIcon" "" "$INSTDIR\${PROGRAM},0"
  WriteRegStr HKCU "${CLASSES}\${ID}.Bundle\shell\open\command" "" '"$INSTDIR\${PROGRAM}" "%1"'
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\${PROGRAM}"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd

Section "Uninstall"
  !insertmacro NotWhileRunning
  RMDir /r "$INSTDIR\new"
  RMDir /r "$INSTDIR\old"
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\${PROGRAM}"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR" ; only where nothing else lies in it
  Delete "$SMPROGRAMS\${NAME}.lnk"
  Delete "$DESKTOP\${NAME}.lnk"
  DeleteRegKey HKCU "${CLASSES}\${ID}.Bundle"
  DeleteRegKey HKCU "${CLASSES}\.aqb"
  DeleteRegKey HKCU "${UNINSTALL}"
  DeleteRegKey HKCU "Software\${ID}"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
  DetailPrint "台账没有删除，仍在：$LOCALAPPDATA\${ID}"
SectionEnd
