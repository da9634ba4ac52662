"""字体: which file each part of a paper is really printed with."""

from pathlib import Path

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFormLayout, QVBoxLayout, QWidget

from models.reports.paper.faces import Faces
from ui.paper_fonts import paper_faces
from ui.session import Session
from ui.tasks import Tasks
from ui.widgets.plain_label import plain_label

ROLES = {
    "title": "标题（小标宋）",
    "hei": "一级标题（黑体）",
    "kai": "二级标题（楷体）",
    "body": "正文（仿宋）",
    "table": "表格",
    "table_bold": "表头",
}
HINT = (
    "公文用的小标宋、仿宋、楷体、黑体，电脑里装了就用电脑里的，没有装就用程序自带的；"
    "都没有的字打印成方框，打印以后会列出来。装了新字体，请重新打开程序。"
)


class FontsTab(QWidget):
    """Looks for the fonts when it is first shown."""

    def __init__(self, session: Session, tasks: Tasks) -> None:
        super().__init__()
        self._session, self._tasks = session, tasks
        self._asked = False
        self.words = plain_label("正在查看字体…", copied=False)
        self.files = QFormLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(self.words)
        column.addLayout(self.files)
        column.addStretch()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._asked:
            self._asked = True
            resources = self._session.resources
            self._tasks.run(lambda: paper_faces(resources), self._found, self.words.setText)

    def _found(self, faces: Faces) -> None:
        self.words.setText(HINT)
        for role, path in faces.files().items():
            self.files.addRow(f"{ROLES.get(role, role)}：", plain_label(self._told(path)))

    def _told(self, path: Path) -> str:
        """The name of a file, and where it lies."""
        shipped = self._session.resources / "fonts" in path.parents
        return f"{path.name}（程序自带）" if shipped else f"{path.name}（电脑里的：{path}）"
