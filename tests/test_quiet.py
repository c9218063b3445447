"""Numbers that stand near a row without being its, beside tables they agree with: nobody is called.

One account, kind, month or office, what is new, planned, cumulative, of last year or of another body; each sentence of
`cases/quiet` is right, and is audited alone before the table of its form.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.audit import audit
from extractor.data import Finding, Severity
from extractor.knowledge import Knowledge
from extractor.readers import read_text

_CASES = Path(__file__).parent / "cases" / "quiet"
_SENTENCES = [
    (form, sentence)
    for form in (
        "2014",
        "2019",
        "2021",
        "open",
        "prose",
        "budget",
        "hotline",
        "county_audit",
        "rule_of_law",
        "procuratorate",
        "bulletin",
    )
    for sentence in (_CASES / f"{form}.sentences.txt").read_text(encoding="utf-8").splitlines()
]


def loud(form: str, sentence: str, knowledge: Knowledge) -> list[Finding]:
    text = (_CASES / f"{form}.txt").read_text(encoding="utf-8").replace("{text}", sentence)
    findings = audit(read_text(text, "测试.txt", knowledge), knowledge).findings
    return [found for found in findings if found.severity is not Severity.INFO]


@pytest.mark.parametrize(("form", "sentence"), _SENTENCES)
def test_what_is_right_and_near_a_row_calls_nobody(form: str, sentence: str, knowledge: Knowledge) -> None:
    assert loud(form, sentence, knowledge) == []


@pytest.mark.parametrize(
    ("form", "sentence", "code"),
    [
        ("2014", "全年主动公开政府信息1848条。", "tieout.mismatch"),
        ("2014", "收到申请238件，其中当面申请12件、网络申请180件。", "tieout.mismatch"),
        ("2014", "全年召开新闻发布会91次。", "tieout.mismatch"),
        ("2014", "我区共设置政府信息公开查阅点12个。", "tieout.mismatch"),
        ("2014", "收到政府信息公开申请由上年的261件减至228件。", "tieout.mismatch"),
        ("2014", "2014年，全区主动公开政府信息1484条。", "tieout.mismatch"),
        ("2021", "本年新收政府信息公开申请69件。", "tieout.mismatch"),
        ("2021", "全区作出行政处罚决定481件。", "tieout.mismatch"),
        ("2021", "不予公开15件，予以公开84件。", "tieout.mismatch"),
        ("2021", "政府信息公开行政复议21件。", "tieout.mismatch"),
        ("2021", "收取行政事业性收费493100万元。", "tieout.magnitude"),
        ("open", "不动产登记6014件。", "tieout.mismatch"),
        ("2014", "全年收到申请283件。", "tieout.mismatch"),
        ("2014", "收到申请246件，其中咨询撤回2件。", "tieout.mismatch"),
        ("2014", "答复238件，其中同意公开173件，同意部分公开2件，不同意公开46件。", "tieout.mismatch"),
        ("2021", "本年办理结果中，予以公开48件、部分公开17件。", "tieout.mismatch"),
        ("2021", "行政复议12件，其中维持6件、纠正1件、其他1件、尚未审结2件。", "tieout.mismatch"),
        ("2021", "办结96件，其中予以公开48件、部分公开11件、不予公开51件。", "tieout.mismatch"),
        ("2021", "区住建局新收22件；全区新收申请69件。", "tieout.mismatch"),
        ("prose", "采购金额18.64亿元，节约资金1.97亿元，节约率6.9%。", "text.rate"),
        ("prose", "共有干部58人，其中研究生9人、大学本科36人，分别占15.5%和26.1%。", "text.rate"),
        ("prose", "受理投诉586件，调解成功412件，调解成功率73.3%。", "text.rate"),
        ("prose", "收到来信214件，办结209件，办结率79.7%。", "text.rate"),
        ("prose", "市场监管所有职工46人，其中男27人，女21人。", "text.parts_exceed"),
        ("budget", "基本支出2868.50万元，项目支出2147.60万元。", "tieout.mismatch"),
        ("budget", "公务接待费21.40万元。", "tieout.mismatch"),
        ("hotline", "投诉7788件。", "tieout.mismatch"),
        ("hotline", "诉求类型中，咨询32720件、求助15773件、投诉7878件。", "tieout.mismatch"),
        ("county_audit", "核减工程价款6724.5万元。", "tieout.mismatch"),
        ("county_audit", "提出审计建议184条，被采纳141条。", "tieout.mismatch"),
        ("open", "全市办理不动产登记6104件。我局办理档案查询1062件。", "tieout.mismatch"),
        ("2021", "办理食品经营、特种设备使用登记等行政许可2313件。", "tieout.mismatch"),
        ("2014", "清河区主动公开政府信息1448条。", "tieout.mismatch"),
        ("rule_of_law", "收到行政复议申请178件，受理172件，审结165件。", "tieout.ambiguous"),
        ("rule_of_law", "2023年负责人出庭应诉69次，规范性文件合法性审核31件。", "tieout.mismatch"),
        ("rule_of_law", "全县行政处罚案件4786件，同比下降6.4%。", "tieout.mismatch"),
        ("bulletin", "粮食产量32.16万吨，增长1.2%。", "tieout.mismatch"),
        ("bulletin", "第一产业增加值41.20亿元，第二产业增加值163.25亿元。", "tieout.mismatch"),
        ("prose", "全年支出合计1886.51万元，上年为1618.26万元，增加268.25万元，增幅14.22%。", "text.rate"),
        ("prose", "接待旅客182.6万人次，上年为171.4万人次，增长5.6%。", "text.rate"),
        ("prose", "下设事业单位5家，分别是公路中心、港航中心、质监站、信息中心。", "text.enumeration"),
        ("prose", "下设科室3个，分别为办公室、法规科、财务科、运输科、安全科。", "text.enumeration"),
        ("prose", "印发公文612件，其中主动公开347件、依申请公开89件，主动公开率58.7%。", "text.rate"),
        ("prose", "印发公文612件，其中主动公开347件、依申请公开89件、不予公开276件。", "text.parts_exceed"),
        (
            "prose",
            "支出预算3725.06万元，其中：基本支出2176.56万元，占58.43%；项目支出1584.50万元，占41.57%。",
            "text.parts_exceed",
        ),
        ("prose", "负责人应当出庭的案件204件中，行政机关负责人出庭189件，出庭率96.2%。", "text.rate"),
        ("2021", "新收申请96件，均按期办结，办结率100%。", "text.all_done"),
        ("2021", "新收申请96件，加上上年结转7件，全部依法按期办结，办结率100%。", "text.all_done"),
        ("2021", "予以公开48件、部分公开17件，占61.5%。", "tieout.mismatch"),
        ("rule_of_law", "收到行政复议申请178件，占全市的13.2%。", "tieout.ambiguous"),
        ("budget", "基本支出2868.50万元，项目支出2147.60万元，占42.7%。", "tieout.mismatch"),
        ("2014", "我区全年主动公开政府信息1448条。", "tieout.mismatch"),
        ("2014", "因政府信息公开引发行政复议31件、行政诉讼6件。", "tieout.mismatch"),
        ("2014", "行政复议13件，维持6件，纠错2件，其他2件；行政诉讼6件，维持5件。", "tieout.mismatch"),
        ("2014", "行政复议13件，维持9件；行政诉讼6件，驳回原告诉讼请求3件。", "tieout.mismatch"),
        ("2014", "举办全区政府信息公开培训班12次，受训370人次。", "tieout.mismatch"),
        ("2014", "受理举报投诉信件12件。", "tieout.mismatch"),
        ("2014", "召开政府信息公开工作会议34次。", "tieout.mismatch"),
        ("2014", "举办培训班21次，培训人员730人次。", "tieout.mismatch"),
        ("2014", "全区收到申请283件，其中当面申请12件、网络申请108件。", "tieout.mismatch"),
        ("2014", "专职工作人员9人，兼职工作人员30人。", "tieout.mismatch"),
        ("2014", "截至2014年底，设置政府信息公开查阅点31个。", "tieout.mismatch"),
        ("2021", "因政府信息公开引发行政诉讼13件。", "tieout.mismatch"),
        ("2021", "复议12件、诉讼3件，诉讼维持3件。", "tieout.mismatch"),
        ("2021", "截至2023年底，现行有效行政规范性文件26件。", "tieout.mismatch"),
        ("2021", "结转下年度办理7件，其中自然人3件。", "tieout.mismatch"),
        ("2021", "涉及政府信息公开的行政复议案件12件，被纠正4件。", "tieout.mismatch"),
        ("2021", "我区新收政府信息公开申请69件。", "tieout.mismatch"),
        ("2021", "办理结果看，予以公开48件、部分公开11件、不予公开15件、无法提供24件。", "tieout.mismatch"),
        ("2021", "制发行政规范性文件9件，废止3件，现行有效62件。", "tieout.mismatch"),
        ("2021", "自然人申请38件，法人或其他组织申请13件。", "tieout.mismatch"),
        (
            "2021",
            "行政复议12件，其中维持8件、纠正1件、其他1件、尚未审结4件；行政诉讼3件。",
            "tieout.mismatch",
        ),
        ("2021", "收取行政事业性收费49.13万元。", "tieout.mismatch"),
        ("open", "不动产登记6104件，抵押登记1881件，档案查询1026件。", "tieout.mismatch"),
        ("county_audit", "完成审计项目26个，提出审计建议148条。", "tieout.mismatch"),
    ],
)
def test_what_is_wrong_still_calls_somebody(
    form: str, sentence: str, code: str, knowledge: Knowledge
) -> None:
    assert code in {found.code for found in loud(form, sentence, knowledge)}
