"""The forms as their circulars print them, typed from the circulars and from no file of the package.

Each row is `id | unit | label`; a row without id is a heading. The writer fills these in; what it writes is
the truth the readings are held against, so nothing here may be taken over from `extractor/kb`.
"""

from __future__ import annotations

FORM_2014 = """
||一、主动公开情况
disclosed.total|条|（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）
disclosed.documents|条|其中：主动公开规范性文件数
documents.issued|件|制发规范性文件总数
||（二）通过不同渠道和方式公开政府信息的情况
channel.gazette|条|1.政府公报公开政府信息数
channel.website|条|2.政府网站公开政府信息数
channel.weibo|条|3.政务微博公开政府信息数
channel.wechat|条|4.政务微信公开政府信息数
channel.other|条|5.其他方式公开政府信息数
||二、回应解读情况
response.total|次|（一）回应公众关注热点或重大舆情数（不同方式回应同一热点或舆情计1次）
||（二）通过不同渠道和方式回应解读的情况
response.press|次|1.参加或举办新闻发布会总次数
response.press_chief|次|其中：主要负责同志参加新闻发布会次数
response.interview|次|2.政府网站在线访谈次数
response.interview_chief|次|其中：主要负责同志参加政府网站在线访谈次数
response.policy|篇|3.政策解读稿件发布数
response.social|次|4.微博微信回应事件数
response.other|次|5.其他方式回应事件数
||三、依申请公开情况
applications.received|件|（一）收到申请数
applications.in_person|件|1.当面申请数
applications.fax|件|2.传真申请数
applications.online|件|3.网络申请数
applications.letter|件|4.信函申请数
applications.completed|件|（二）申请办结数
applications.on_time|件|1.按时办结数
applications.extended|件|2.延期办结数
applications.answered|件|（三）申请答复数
outcome.already_public|件|1.属于已主动公开范围数
outcome.granted|件|2.同意公开答复数
outcome.partial|件|3.同意部分公开答复数
outcome.refused|件|4.不同意公开答复数
refused.state_secret|件|其中：涉及国家秘密
refused.trade_secret|件|涉及商业秘密
refused.privacy|件|涉及个人隐私
refused.stability|件|危及国家安全、公共安全、经济安全和社会稳定
refused.not_information|件|不是《条例》所指政府信息
refused.other_law|件|法律法规规定的其他情形
outcome.not_ours|件|5.不属于本行政机关公开数
outcome.nonexistent|件|6.申请信息不存在数
outcome.amend|件|7.告知作出更改补充数
outcome.redirected|件|8.告知通过其他途径办理数
reconsideration.total|件|四、行政复议数量
reconsideration.upheld|件|（一）维持具体行政行为数
reconsideration.corrected|件|（二）被依法纠错数
reconsideration.other|件|（三）其他情形数
litigation.total|件|五、行政诉讼数量
litigation.upheld|件|（一）维持具体行政行为或者驳回原告诉讼请求数
litigation.corrected|件|（二）被依法纠错数
litigation.other|件|（三）其他情形数
complaints.total|件|六、举报投诉数量
fees.total|万元|七、依申请公开信息收取的费用
||八、机构建设和保障经费情况
organization.units|个|（一）政府信息公开工作专门机构数
organization.reading_points|个|（二）设置政府信息公开查阅点数
staff.total|人|（三）从事政府信息公开工作人员数
staff.full_time|人|1.专职人员数（不包括政府公报及政府网站工作人员数）
staff.part_time|人|2.兼职人员数
funds.total|万元|（四）政府信息公开专项经费（不包括用于政府公报编辑管理及政府网站建设维护等方面的经费）
||九、政府信息公开会议和培训情况
meetings.total|次|（一）召开政府信息公开工作会议或专题会议数
training.sessions|次|（二）举办各类培训班数
training.attendees|人次|（三）接受培训人员数
"""

FORM_LOCAL = """
disclosed.total|条|主动公开文件数
channel.website|条|其中：1、政府网站公开数
channel.gazette|条|2、政府公报公开数
channel.other|条|3、其他方式公开数
applications.received|条|受理依申请公开信息总数
applications.in_person|条|其中：1、当面申请数
applications.fax|条|2、传真申请数
applications.online|条|3、网上申请数
applications.letter|条|4、信函申请数
applications.answered|条|对申请的答复总数
outcome.granted|条|其中：1、同意公开答复数
outcome.partial|条|2、同意部分公开答复数
outcome.refused|条|3、不予公开答复数
outcome.other|条|4、其他类型答复数
complaints.total|件|行政申诉、举报数
reconsideration.total|件|行政复议数
litigation.total|件|行政诉讼数
"""

# outer | middle | id | label
MATRIX = """
||applications.new|一、本年新收政府信息公开申请数量
||applications.carried_in|二、上年结转政府信息公开申请数量
三、本年度办理结果||outcome.granted|（一）予以公开
三、本年度办理结果||outcome.partial|（二）部分公开（区分处理的，只计这一情形，不计其他情形）
三、本年度办理结果|（三）不予公开|refused.state_secret|1.属于国家秘密
三、本年度办理结果|（三）不予公开|refused.forbidden|2.其他法律行政法规禁止公开
三、本年度办理结果|（三）不予公开|refused.stability|3.危及“三安全一稳定”
三、本年度办理结果|（三）不予公开|refused.third_party|4.保护第三方合法权益
三、本年度办理结果|（三）不予公开|refused.internal|5.属于三类内部事务信息
三、本年度办理结果|（三）不予公开|refused.process|6.属于四类过程性信息
三、本年度办理结果|（三）不予公开|refused.enforcement|7.属于行政执法案卷
三、本年度办理结果|（三）不予公开|refused.query|8.属于行政查询事项
三、本年度办理结果|（四）无法提供|unavailable.not_held|1.本机关不掌握相关政府信息
三、本年度办理结果|（四）无法提供|unavailable.not_made|2.没有现成信息需要另行制作
三、本年度办理结果|（四）无法提供|unavailable.unclear|3.补正后申请内容仍不明确
三、本年度办理结果|（五）不予处理|declined.petition|1.信访举报投诉类申请
三、本年度办理结果|（五）不予处理|declined.repeated|2.重复申请
三、本年度办理结果|（五）不予处理|declined.publication|3.要求提供公开出版物
三、本年度办理结果|（五）不予处理|declined.excessive|4.无正当理由大量反复申请
三、本年度办理结果|（五）不予处理|declined.confirmation|5.要求行政机关确认或重新出具已获取信息
三、本年度办理结果|（六）其他处理|other.overdue|1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请
三、本年度办理结果|（六）其他处理|other.unpaid|2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请
三、本年度办理结果|（六）其他处理|other.rest|3.其他
三、本年度办理结果||outcome.total|（七）总计
||applications.carried_out|四、结转下年度继续办理
"""
MERGED_OTHER = "三、本年度办理结果||other.total|（六）其他处理"

APPLICANTS = (
    ("natural_person", "自然人"),
    ("business", "商业企业"),
    ("research", "科研机构"),
    ("charity", "社会公益组织"),
    ("legal_service", "法律服务机构"),
    ("other_org", "其他"),
    ("total", "总计"),
)
DISPUTES = ("reconsideration", "litigation_direct", "litigation_after")
OUTCOMES = (
    ("upheld", "结果维持"),
    ("corrected", "结果纠正"),
    ("other", "其他结果"),
    ("pending", "尚未审结"),
    ("total", "总计"),
)

Parts = tuple[tuple[object, ...], ...]

# title | columns as id:label:unit | rows as id:label:unit of all its cells
ARTICLE_2019 = (
    ("第二十条第（一）项", "信息内容",
     (("made", "本年新制作数量", ""), ("disclosed", "本年新公开数量", ""), ("in_force", "对外公开总数量", "")),
     (("regulations", "规章", "件"), ("normative_documents", "规范性文件", "件"))),
    ("第二十条第（五）项", "信息内容",
     (("last_year", "上一年项目数量", "项"), ("change", "本年增/减", "项"), ("decisions", "处理决定数量", "件")),
     (("permits", "行政许可", ""), ("other_services", "其他对外管理服务事项", ""))),
    ("第二十条第（六）项", "信息内容",
     (("last_year", "上一年项目数量", "项"), ("change", "本年增/减", "项"), ("decisions", "处理决定数量", "件")),
     (("penalties", "行政处罚", ""), ("coercion", "行政强制", ""))),
    ("第二十条第（八）项", "信息内容",
     (("last_year", "上一年项目数量", "项"), ("change", "本年增/减", "项")),
     (("fees_charged", "行政事业性收费", ""),)),
    ("第二十条第（九）项", "信息内容",
     (("projects", "采购项目数量", "项"), ("amount", "采购总金额（万元）", "万元")),
     (("procurement", "政府集中采购", ""),)),
)  # fmt: skip
ARTICLE_2021 = (
    ("第二十条第（一）项", "信息内容",
     (("made", "本年制发件数", ""), ("repealed", "本年废止件数", ""), ("in_force", "现行有效件数", "")),
     (("regulations", "规章", "件"), ("normative_documents", "行政规范性文件", "件"))),
    ("第二十条第（五）项", "信息内容", (("decisions", "本年处理决定数量", ""),), (("permits", "行政许可", "件"),)),
    ("第二十条第（六）项", "信息内容", (("decisions", "本年处理决定数量", ""),),
     (("penalties", "行政处罚", "件"), ("coercion", "行政强制", "件"))),
    ("第二十条第（八）项", "信息内容", (("amount", "本年收费金额（单位：万元）", "万元"),),
     (("fees_charged", "行政事业性收费", ""),)),
)  # fmt: skip

# Sums and parts, as domain knowledge states them: `total = parts` and `part <= whole`.
SUMS_2014 = """
applications.received = applications.in_person applications.fax applications.online applications.letter
applications.completed = applications.on_time applications.extended
applications.answered = outcome.already_public outcome.granted outcome.partial outcome.refused \
outcome.not_ours outcome.nonexistent outcome.amend outcome.redirected
outcome.refused = refused.state_secret refused.trade_secret refused.privacy \
refused.stability refused.not_information refused.other_law
reconsideration.total = reconsideration.upheld reconsideration.corrected reconsideration.other
litigation.total = litigation.upheld litigation.corrected litigation.other
staff.total = staff.full_time staff.part_time
disclosed.documents <= disclosed.total
response.press_chief <= response.press
response.interview_chief <= response.interview
disclosed.total <= channel.gazette channel.website channel.weibo channel.wechat channel.other
response.total <= response.press response.interview response.policy response.social response.other
disclosed.documents <= documents.issued
"""
SUMS_LOCAL = """
applications.received = applications.in_person applications.fax applications.online applications.letter
applications.answered = outcome.granted outcome.partial outcome.refused outcome.other
disclosed.total <= channel.website channel.gazette channel.other
channel.website <= disclosed.total
channel.gazette <= disclosed.total
"""

# Tables of no form: title, unit, header rows as text:columns, row labels, the labels that sum the others.
FREE: dict[str, tuple[str, str, tuple[tuple[str, ...], ...], tuple[str, ...]]] = {
    "accounts": (
        "支出决算表", "万元", (("项目", "基本支出", "项目支出", "合计"),),
        ("一般公共服务支出", "教育支出", "科学技术支出", "城乡社区支出", "住房保障支出", "合计"),
    ),
    "permits": (
        "行政执法情况统计表", "件",
        (("单位名称:1", "许可决定:2", "处罚决定:2"), ("", "2023年", "2024年", "2023年", "2024年")),
        ("市场监管局", "交通运输局", "农业农村局", "文化和旅游局", "总计"),
    ),
}  # fmt: skip
