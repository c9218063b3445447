"""A plain list of Chinese measure words, for the baselines that have none of their own."""

from __future__ import annotations

_WORDS = (
    "个百分点 百分点 % ％ ‰ 亿元 万元 元 亿美元 万美元 美元 人次 批次 场次 篇次 条次 件次 户次 辆次 "
    "平方公里 平方米 立方米 公里 千米 公顷 亩 米 吨 千克 公斤 千瓦时 小时 分钟 秒 个工作日 工作日 天 个月 周 "
    "倍 岁 件 条 篇 期 次 场 份 册 个 项 起 宗 家 户 套 批 人 名 位 通 类 轮 处 组 辆 台 本 种 张 座 所 部 "
    "块 支 只 艘 架 幅 例 则 届 队 班 间 宗 单 笔 封 卷 节 门 页 棵 株 头 片 级 成"
)
WORDS = _WORDS.split()
UNIT = "|".join(sorted(WORDS, key=lambda word: -len(word)))
ARABIC = r"[0-9０-９]+(?:[,，][0-9０-９]{3}(?![0-9０-９]))*(?:[.．][0-9０-９]+)?"
CHINESE = "[〇零一二三四五六七八九十百千两]+(?:点[〇零一二三四五六七八九]+)?"
SCALE = "(?:万亿|[万亿](?!元|美元))?"
HEDGE = "[余多]?"
