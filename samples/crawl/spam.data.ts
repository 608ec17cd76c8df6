import type { Language } from '../grammar/index.ts';

/** What spam sells, and the words with which it does so. */
export const spamGoods: Readonly<Record<Language, readonly string[]>> = {
  zh: [
    '彩票内部号码',
    '无抵押贷款',
    '名牌手表',
    '减肥茶',
    '祛斑面膜',
    '游戏金币',
    '代写论文',
    '快速办证',
    '高回报理财',
    '特价手机',
  ],
  en: [
    'winning lottery numbers',
    'loans without papers',
    'designer watches',
    'slimming tea',
    'miracle cream',
    'game coins',
    'essay writing',
    'fast diplomas',
    'high-return investments',
    'discount phones',
  ],
};

/** Sentences of spam; `{g}` is what it sells, `{n}` a number, `{u}` where to go. */
export const spamLines: Readonly<Record<Language, readonly string[]>> = {
  zh: [
    '{g}，{g}，全网最低价{g}！！！',
    '点击这里领取{n}元红包，名额有限！',
    '加微信{u}，马上了解{g}。',
    '恭喜您！您已被抽中为幸运用户，奖金{n}元，请立即领取！',
    '在家兼职，日赚{n}元，不收押金，点击咨询>>>',
    '{g}哪家好？{g}多少钱？{g}排行榜，{g}官网，{g}正品。',
    '仅限今天！原价{n}元，现价9.9元，错过再等一年！！',
    '专业{g}，诚信第一，货到付款，电话{n}{n}。',
    '【{g}】【最新{g}】【{g}价格】【{g}图片】',
    '转发本页到三个群，即可免费获得{g}一份！',
    '本站推荐：{g}，{n}位客户的共同选择，立即下单 >>> {u}',
    '稳赚不赔，月入{n}元不是梦，详情请戳{u}！',
  ],
  en: [
    'Buy {g} now!!! Best {g} online, cheap {g}, {g} free shipping!!!',
    'CLICK HERE to claim your {n} dollars bonus, only {n} places left!!!',
    'Congratulations! You have been selected to win {n} dollars. Act NOW!',
    'Work from home and earn {n} dollars a day, no experience needed, click >>> {u}',
    'best {g} | cheap {g} | {g} price | {g} review | {g} near me | buy {g}',
    'Doctors hate this trick! {g} that really works, order at {u} today!!!',
    'LIMITED OFFER: was {n} dollars, now 9.99, do not miss out!!!',
    'Visit {u} {u} {u} for {g} {g} {g}',
    '100% guaranteed, no risk, {n} happy customers, money back!!!',
    'Make {n} dollars every month with {g}, ask us how: {u}',
    'Share this page with three friends and get free {g}!!!',
    'FREE FREE FREE {g} for the first {n} visitors, sign up at {u}',
  ],
};

/** Sentences between which some spam hides, to look like a page. */
export const spamDisguises: Readonly<Record<Language, readonly string[]>> = {
  zh: [
    '大家好，今天给大家分享一个好消息。',
    '很多人都在问这个问题。',
    '用过的人都说好。',
    '小编亲自试过，真的有用。',
  ],
  en: [
    'Hello everyone, here is some great news.',
    'Many people have been asking about this.',
    'Everyone who tried it loves it.',
    'I was not sure at first, but it changed my life.',
  ],
};
