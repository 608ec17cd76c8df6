import type { Language } from '../grammar/index.ts';

/** A made-up web site; all names end in the domain that is kept for examples. */
export interface Site {
  readonly host: string;
  readonly name: string;
  /** How its pages are built: see `html.ts`. */
  readonly layout: 'semantic' | 'divisions' | 'table';
}

export const sites: Readonly<Record<Language, readonly Site[]>> = {
  zh: [
    { host: 'www.hangzhou-wanbao.example', name: '西湖晚报', layout: 'semantic' },
    { host: 'news.cheng-shi.example', name: '城市新闻网', layout: 'divisions' },
    { host: 'blog.xiaoyuan.example', name: '小院日记', layout: 'divisions' },
    { host: 'www.baike-zhijia.example', name: '百科之家', layout: 'semantic' },
    { host: 'gushi.ertong.example', name: '儿童故事屋', layout: 'table' },
    { host: 'bbs.chaguan.example', name: '茶馆论坛', layout: 'divisions' },
  ],
  en: [
    { host: 'www.lakeside-times.example', name: 'The Lakeside Times', layout: 'semantic' },
    { host: 'town-news.example', name: 'Town News', layout: 'divisions' },
    { host: 'blog.smallgarden.example', name: 'My Small Garden', layout: 'divisions' },
    { host: 'www.knowhow-pages.example', name: 'Knowhow Pages', layout: 'semantic' },
    { host: 'stories.bedtime.example', name: 'Bedtime Stories', layout: 'table' },
    { host: 'forum.teahouse.example', name: 'The Teahouse Forum', layout: 'divisions' },
  ],
};

/** Words of menus, side bars and feet, which are not what a reader came for. */
export const furniture: Readonly<
  Record<
    Language,
    Readonly<Record<'menu' | 'advertisements' | 'links' | 'foot' | 'buttons', readonly string[]>>
  >
> = {
  zh: {
    menu: [
      '首页',
      '新闻',
      '体育',
      '财经',
      '娱乐',
      '健康',
      '旅游',
      '教育',
      '论坛',
      '登录',
      '注册',
      '关于我们',
      '联系我们',
    ],
    advertisements: [
      '广告：特价机票，立即抢购',
      '广告：新款手机九折起',
      '扫码下载客户端',
      '广告：周末亲子游，报名热线已开通',
      '点此领取优惠券',
    ],
    links: [
      '热门文章',
      '猜你喜欢',
      '本周排行',
      '相关阅读',
      '十大景点推荐',
      '怎样挑选好茶叶',
      '天气查询',
      '更多精彩内容',
    ],
    foot: [
      '版权所有，未经许可不得转载。',
      '网站备案号：示例备案00000000号',
      '本网站使用Cookie，继续浏览即表示同意。',
      '隐私政策｜使用条款｜网站地图',
    ],
    buttons: [
      '分享到微博',
      '分享到微信',
      '收藏',
      '打印本页',
      '上一篇',
      '下一篇',
      '发表评论',
      '返回顶部',
    ],
  },
  en: {
    menu: [
      'Home',
      'News',
      'Sports',
      'Business',
      'Culture',
      'Health',
      'Travel',
      'Education',
      'Forum',
      'Log in',
      'Sign up',
      'About us',
      'Contact',
    ],
    advertisements: [
      'Advertisement: cheap flights, book now',
      'Sponsored: new phones from 10% off',
      'Download our app',
      'Advertisement: family weekends by the sea',
      'Get your coupon here',
    ],
    links: [
      'Most read',
      'You may also like',
      'This week in pictures',
      'Related articles',
      'Ten places to see',
      'How to choose good tea',
      'Weather',
      'More stories',
    ],
    foot: [
      'All rights reserved. Do not copy without permission.',
      'We use cookies. By going on you accept our policy.',
      'Privacy policy | Terms of use | Site map',
      'Subscribe to our newsletter',
    ],
    buttons: [
      'Share',
      'Tweet',
      'Save',
      'Print this page',
      'Previous',
      'Next',
      'Leave a comment',
      'Back to top',
    ],
  },
};

/** Pages that are nothing but furniture: their headings, and a line or none. */
export const emptyPages: Readonly<Record<Language, readonly (readonly [string, string])[]>> = {
  zh: [
    ['页面不存在', '您访问的页面已删除或从未存在。'],
    ['用户登录', '用户名 密码 记住我 忘记密码？'],
    ['标签列表', ''],
    ['网站地图', ''],
    ['加载中', '正在加载，请稍候……'],
    ['搜索结果', '没有找到符合条件的内容。'],
  ],
  en: [
    ['Page not found', 'The page you asked for does not exist.'],
    ['Log in', 'User name Password Remember me Forgot your password?'],
    ['Tags', ''],
    ['Site map', ''],
    ['Loading', 'Loading, please wait...'],
    ['Search results', 'Nothing was found.'],
  ],
};
