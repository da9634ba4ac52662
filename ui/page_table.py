"""The pages one can go to: where each is, and which of them a school and an office have."""

from ui.widgets.sidebar import Entry

# A page's module is loaded when it is first shown: the day page must not wait for the others.
PAGES = {
    "today": (Entry("today", "今日", "home"), "ui.pages.today", "TodayPage"),
    "findings": (
        Entry("findings", "隐患排查", "triangle-alert"),
        "ui.pages.findings",
        "FindingsPage",
    ),
    "inspection": (
        Entry("inspection", "安全检查", "list-checks"),
        "ui.pages.inspection",
        "InspectionPage",
    ),
    "risks": (Entry("risks", "风险与职责", "shield-check"), "ui.pages.risks", "RisksPage"),
    "drills": (Entry("drills", "演练教育", "bell"), "ui.pages.drills", "DrillsPage"),
    "five_management": (
        Entry("five_management", "五项管理", "clipboard-check"),
        "ui.pages.five_management",
        "FiveManagementPage",
    ),
    "tasks": (Entry("tasks", "", ""), "ui.pages.tasks", "TasksPage"),
    "reviews": (Entry("reviews", "", ""), "ui.pages.reviews", "ReviewsPage"),
    "plans": (Entry("plans", "", ""), "ui.pages.management", "ManagementPage"),
    "training": (
        Entry("training", "干部培训", "graduation-cap"),
        "ui.pages.training",
        "TrainingPage",
    ),
    "reports": (Entry("reports", "报表打印", "printer"), "ui.pages.reports", "ReportsPage"),
    "exchange": (
        Entry("exchange", "数据交换", "arrow-left-right"),
        "ui.pages.exchange",
        "ExchangePage",
    ),
    "district": (Entry("district", "区县汇总", "building-2"), "ui.pages.district", "DistrictPage"),
    "settings": (Entry("settings", "设置", "settings"), "ui.pages.settings", "SettingsPage"),
}
# A page without an entry of its own, and the entries under one of which it is there.
UNDER = {
    "plans": ("five_management",),
    "tasks": ("five_management",),
    "reviews": ("five_management", "district"),
}
OF_KIND = {
    "school": (
        "today",
        "findings",
        "inspection",
        "risks",
        "drills",
        "five_management",
        "training",
        "reports",
        "exchange",
        "settings",
    ),
    "office": (
        "today",
        "district",
        "findings",
        "inspection",
        "training",
        "reports",
        "exchange",
        "settings",
    ),
}
