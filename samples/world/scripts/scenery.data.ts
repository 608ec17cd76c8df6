/** Weather, winds and the like for news, stories and talk. */

/** The sky in news, and what people should do under it. */
export const skies = `
晴|sunny ; 戴上帽子|wear a hat
多云|cloudy ; 多带一件外套|take one more coat
小雨|rainy ; 带上雨伞|take an umbrella
有雾|foggy ; 走路开车慢一点儿|go slowly on the road
刮风|windy ; 关好窗户|close the windows
下雪|snowy ; 多穿衣服，小心路滑|wear warm clothes and mind the ice
`;

export const winds = `
东风二级|a light wind blows from the east
东南风三级|a gentle wind blows from the southeast
北风四级|a fresh wind blows from the north
西风三级|a gentle wind blows from the west
几乎没有风|there is hardly any wind
午后风力加大|the wind will grow stronger in the afternoon
`;

/** Weather of a morning in a story. */
export const mornings = `
晴朗|sunny
下雨|rainy
大雾|foggy
寒冷|cold
暖和|warm
安静|quiet
`;

/** Places in a house where something may lie. */
export const corners = `
水缸后面|behind the water jar
楼梯下面|under the stairs
米桶里|in the rice bin
旧箱子里|in the old trunk
书架后面|behind the bookshelf
炉子旁边|beside the stove
`;

/** The animals of each part in a story, by their Chinese names. */
export const animalRoles = {
  walkers: new Set([
    '猫',
    '狗',
    '大熊猫',
    '兔子',
    '鸭子',
    '青蛙',
    '大象',
    '老虎',
    '乌龟',
    '马',
    '奶牛',
    '绵羊',
    '母鸡',
    '鹅',
    '猴子',
    '狐狸',
    '鹿',
    '骆驼',
    '袋鼠',
  ]),
  small: new Set([
    '猫',
    '狗',
    '兔子',
    '鸭子',
    '燕子',
    '猫头鹰',
    '青蛙',
    '乌龟',
    '鹦鹉',
    '母鸡',
    '鹅',
    '狐狸',
    '猴子',
  ]),
  zoo: new Set([
    '大熊猫',
    '大象',
    '老虎',
    '猴子',
    '狐狸',
    '鹿',
    '骆驼',
    '袋鼠',
    '企鹅',
    '丹顶鹤',
    '乌龟',
  ]),
} as const satisfies Record<string, ReadonlySet<string>>;

/** Fruit of trees that grow near any of the towns, and has its season. */
export const treeFruits: ReadonlySet<string> = new Set([
  '苹果',
  '桃子',
  '梨',
  '李子',
  '樱桃',
  '柿子',
  '杏',
]);

/** Average low and high of a day in degrees Celsius by season, in the middle of China. */
export const temperatures = {
  春天: [10, 20],
  夏天: [24, 33],
  秋天: [13, 23],
  冬天: [1, 9],
} as const;

/** How much warmer or colder a part of China is. */
export const partOffsets: Readonly<Record<string, number>> = {
  东北部: -12,
  北部: -4,
  西北部: -4,
  东部: 0,
  中部: 0,
  西南部: 2,
  东南部: 4,
  南部: 6,
};

export const sweets = `
饺子|dumplings
年糕|rice cake
豆沙包|bean buns
红薯|sweet potatoes
芝麻糖|sesame sweets
`;

/** The day of the dead, which no story makes merry. */
export const solemnFestival = '清明节';

/** Things that can be lost, carried about and quarrelled over. */
export const portableThings: ReadonlySet<string> = new Set([
  '雨伞',
  '灯笼',
  '扇子',
  '筷子',
  '毛笔',
  '茶壶',
  '剪刀',
  '镜子',
  '篮子',
  '笛子',
  '帽子',
  '望远镜',
]);
