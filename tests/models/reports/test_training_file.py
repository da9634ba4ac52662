from datetime import date

from models.records.growth import Growth
from models.records.person import Person
from models.records.programme import Trainee
from models.records.training import PersonTotal
from models.reports.paper.faces import Faces
from models.reports.training_file import Dossier, training_file
from tests.conftest import TODAY
from tests.models.ledger.growing import a_placement, a_programme, a_project, a_talk
from tests.models.reports.conftest import NASTY, SEEN, Print
from tests.models.reports.training_people import GROWTH, TOTAL, ZHAO

SCHOOL = "示例县实验小学"
TRAINEE = Trainee(
    team="第一组",
    nominated=date(2026, 1, 5),
    decided=date(2026, 1, 20),
    standing="developing",
    certificate="2026-001",
)
GOLDEN = (
    "培训档案姓名赵𬱖单位示例县实验小学职务年级组长部门教务处"
    "累计学时3.00参加活动2次线下学时1.00线上学时2.00"
    "班次：优秀年轻干部培训班主办单位示例县教育局起止日期2026年3月1日至2026年12月31日"
    "小组第一组培养状态育：培养中"
    "推荐程序单位提名：2026年1月5日；研究确定：2026年1月20日证书编号2026-001备注"
    "培训活动与考勤序号日期主题模块形式考勤分钟学时"
    "12026年3月5日消防安全聚焦发展专题讲座出勤902.00"
    "22026年3月5日应急处置项目攻坚项目攻坚请假451.00"
    "折算规则：45分钟计1学时。学时由分钟折算，四舍五入到两位小数；"
    "合计按总分钟折算，可能与各栏之和相差0.01。"
    "分享、心得、跟岗与项目共微分享1次，心得感悟2篇（500字），跟岗研修20天，项目攻坚1项。"
    "序号类别内容日期数量"
    "1微分享我的一节安全课2026年5月20日15分钟"
    "2心得感悟《学习心得》；良好2026年5月20日500字"
    "3心得感悟《再读》2026年5月20日"
    "序号类别内容日期数量"  # overleaf
    "4跟岗研修示例市第一小学；副校长助理；导师：钱老师2026年4月1日至2026年4月30日20天"
    "5项目攻坚校门口接送秩序；错峰放学2026年4月1日至2026年9月30日已完成"
    "填表人：审核人：示例县实验小学（盖章）2026年11月23日"
)


def test_the_file_tells_everything_of_one_person(on_paper: Print, faces: Faces) -> None:
    dossier = Dossier(TOTAL, GROWTH, [(a_programme(), TRAINEE)])
    paper = on_paper(training_file(SCHOOL, TODAY, dossier, faces=faces))
    text = paper.text
    for number in range(len(paper.pages)):
        text = text.replace(f"第{number + 1}页共{len(paper.pages)}页", "")
    assert text == GOLDEN


def test_a_file_of_somebody_who_did_nothing_yet(on_paper: Print, faces: Faces) -> None:
    dossier = Dossier(PersonTotal(Person(name="张㛃")), Growth())
    text = on_paper(training_file(SCHOOL, TODAY, dossier, faces=faces)).text
    assert "共微分享0次，心得感悟0篇（0字），跟岗研修0天，项目攻坚0项。" in text


def test_what_lacks_its_days_prints_too(on_paper: Print, faces: Faces) -> None:
    growth = Growth(
        [a_talk(ZHAO, topic=NASTY, held_on=None, minutes=None)],
        placements=[a_placement(ZHAO, begins=None, ends=None, mentor=None)],
        projects=[a_project(ZHAO, ends=None)] * 80,
    )
    paper = on_paper(training_file(SCHOOL, TODAY, Dossier(TOTAL, growth), faces=faces))
    assert SEEN in paper.text
    assert paper.text.count("校门口接送秩序") == 80
    assert len(paper.pages) > 2
