import type { Script } from './script.ts';

/** News. The beats are sentences of one paragraph; `{date}` opens the first. */
export const newsScripts: readonly Script[] = [
  {
    id: 'news/weather',
    titles: [
      ['{town}天气预报', 'Weather in {town}'],
      ['{town}：{sky}，{low}到{high}度', '{town}: {Sky}, {low} to {high} Degrees'],
    ],
    beats: [
      [
        [
          '{date}，{town}{sky}，最低气温{low}度，最高气温{high}度。',
          '{date}. It is {sky} in {town} today, with a low of {low} and a high of {high} degrees.',
        ],
        [
          '气象台{date}报告：{town}今天{sky}，气温在{low}度和{high}度之间。',
          '{date}. The weather station reports that it is {sky} in {town}, between {low} and {high} degrees.',
        ],
      ],
      [
        ['{wind}。', '{Wind}.'],
        ['风力方面，{wind}。', 'At the same time, {wind}.'],
      ],
      [
        ['出门的人最好{advice}。', 'Those who go out should {advice}.'],
        ['气象台提醒大家：{advice}。', 'The weather station has a piece of advice: {advice}.'],
        [
          '医生们说：“这样的天气，大家最好{advice}。”',
          '"In such weather it is best to {advice}," say the doctors.',
        ],
      ],
      [
        ['明天，{town}预计{sky2}。', 'Tomorrow {town} expects a day that is {sky2}.'],
        [
          '今天夜里天气会有变化，明天{sky2}。',
          'The weather will change in the night, and tomorrow will be {sky2}.',
        ],
      ],
    ],
  },
  {
    id: 'news/harvest',
    titles: [
      ['今年的{fruit.bare}丰收了', 'A Good Year for {Fruit.many}'],
      ['{town}郊外{fruit.bare}满园', '{Fruit.many} Ripe outside {town}'],
    ],
    beats: [
      [
        [
          '{fruit.season}到了，{town}郊外的{fruit.bare}熟了。',
          'It is {fruit.season}, and the {fruit.many} outside {town} are ripe.',
        ],
        [
          '{fruit.season}一到，{town}附近的果农就开始摘{fruit.bare}。',
          '{fruit.season} has come, and growers near {town} have begun to pick their {fruit.many}.',
        ],
      ],
      [
        [
          '今年雨水好，{fruit.bare}长得又大又{fruit.taste}。',
          'There was enough rain this year, and the {fruit.many} are big and {fruit.taste}.',
        ],
        [
          '园子里满眼都是{fruit.colour}，像一幅画。',
          'The orchards are {fruit.colour} as far as the eye can see, like a painting.',
        ],
      ],
      [
        [
          '{a}一天就摘了{few}筐。“手都酸了，心里高兴。”{a.he}说。',
          '{a} picked {few} baskets in one day. "My hands hurt, but my heart is glad," {a.he} said.',
        ],
        [
          '{a}带着家人来帮忙，一个上午摘了{few}筐。',
          '{a} came with the family to help, and they filled {few} baskets in one morning.',
        ],
      ],
      [
        [
          '市场上，新鲜的{fruit.bare}每斤卖{price}元。',
          'On the market, fresh {fruit.many} cost {price} yuan a pound.',
        ],
        [
          '一部分{fruit.bare}会送到城里的学校，让孩子们尝尝。',
          'Some of the {fruit.many} will go to the schools, for the children to taste.',
        ],
      ],
    ],
  },
  {
    id: 'news/festival',
    titles: [
      ['{town}喜迎{festival}', '{town} Celebrates {festival}'],
      ['{festival}到了', '{Festival} Is Here'],
    ],
    beats: [
      [
        [
          '{festival}到了，{town}的大街小巷十分热闹。',
          '{festival} is here, and the streets of {town} are full of life.',
        ],
        [
          '为了迎接{festival}，{town}的人们早早地忙了起来。',
          'The people of {town} were busy early to get ready for {festival}.',
        ],
      ],
      [
        [
          '按照习俗，人们在这一天{festival.custom}。',
          'It is the custom on this day to {festival.custom}.',
        ],
        [
          '许多家庭一起{festival.custom}，老人和孩子都来了。',
          'Many families came out, old and young, to {festival.custom}.',
        ],
      ],
      [
        [
          '来自{a.home}的{a}说：“今年的人比去年还多。”',
          '"There are even more people than last year," said {a} from {a.home}.',
        ],
        [
          '{a}带着好朋友{b}也来了，他们拍了许多照片。',
          '{a} came with {a.his} friend {b}, and they took many photographs.',
        ],
      ],
      [
        [
          '{town.sight}附近晚上会有灯会，欢迎大家去看。',
          'There will be lanterns near {town.sight} in the evening, and all are welcome.',
        ],
        ['当天公共汽车要开到晚上十二点。', 'On that day the buses will run until midnight.'],
      ],
    ],
  },
  {
    id: 'news/library',
    titles: [
      ['{town}新图书馆开门', 'New Library Opens in {town}'],
      ['{n}本新书等你来读', 'A Library with {n} New Books'],
    ],
    beats: [
      [
        [
          '{date}，{town}的一座新图书馆开门了，离{town.sight}不远。',
          '{date}. A new library has opened in {town}, not far from {town.sight}.',
        ],
        ['{date}，{town}有了一座新图书馆。', '{date}. {town} has a new library.'],
      ],
      [
        [
          '馆里有{n}本新书，还有一间专门给孩子的屋子。',
          'It has {n} new books and a room for children only.',
        ],
        ['第一天就有{n}个人来借书。', 'On the first day, {n} people came to borrow books.'],
      ],
      [
        [
          '{a.trade}{a}是第一个走进来的读者，{a.he}借了一本讲{a.hobby}的书。',
          '{a}, {a.trade-one}, was the first reader. {A.he} took home a book about {a.hobby-ing}.',
        ],
        [
          '“我喜欢{a.hobby}，这里正好有这方面的书。”读者{a}说。',
          '"I like {a.hobby-ing}, and here are the right books," said {a}, a reader.',
        ],
      ],
      [
        [
          '图书馆每天早上九点开门，晚上八点关门。',
          'The library opens at nine every morning and closes at eight in the evening.',
        ],
        [
          '借书不要钱，每人一次可以借五本。',
          'Borrowing is free, and everybody may take five books at a time.',
        ],
      ],
    ],
  },
  {
    id: 'news/lost-pet',
    titles: [
      ['{pet.bare}找到了', '{Pet.bare} Found'],
      ['走失的{pet.bare}回家了', 'A Lost {Pet.bare} Comes Home'],
    ],
    beats: [
      [
        [
          '{date}，{a.home}居民{a}走失的{pet.bare}找到了。',
          '{date}. The {pet.bare} of {a}, who lives in {a.home}, has been found.',
        ],
        [
          '{date}，走失三天的{pet.bare}回到了主人{a}身边。',
          '{date}. A {pet.bare} that was lost for three days is back with {a}.',
        ],
      ],
      [
        [
          '三天前，{a.he}的{pet.bare}从家里跑了出去，{a.he}找遍了整条街。',
          'Three days ago it ran out of the house, and {a} searched the whole street.',
        ],
        ['为了找它，{a}在墙上贴了{few}张纸。', 'To find it, {a} put up {few} notes on the walls.'],
      ],
      [
        [
          '最后，{c.trade}{c}在自己干活的地方发现了它。',
          'In the end it was found by {c}, {c.trade-one}, who came upon it at work.',
        ],
        [
          '是{c.trade-one}认出了它。“它正在睡觉，一点儿也不怕人。”{c}说。',
          'It was {c.trade-one} called {c} who knew it again. "It was asleep and not afraid at all," {c.he} said.',
        ],
      ],
      [
        [
          '{a}高兴得请{c}吃了一顿{a.food}。',
          '{a} was so happy that {a.he} treated {c} to a meal of {a.food}.',
        ],
        ['现在，{a}家的大门装上了一把新锁。', 'There is now a new lock on the door of {a}.'],
      ],
    ],
  },
  {
    id: 'news/newborn',
    titles: [
      ['动物园里的新朋友', 'A New Friend at the Zoo'],
      ['小{w}出生了', 'A Young Animal Is Born'],
    ],
    beats: [
      [
        [
          '{date}，{town}动物园的{w}有了宝宝。',
          '{date}. There is a young one in the house of the {w.many} at the zoo of {town}.',
        ],
        [
          '{date}，{town}动物园传来好消息：小{w}出生了。',
          '{date}. Good news comes from the zoo of {town}: a young {w.bare} is born.',
        ],
      ],
      [
        ['它很小，大部分时间都在睡觉。', 'It is very small and sleeps most of the time.'],
        [
          '它的眼睛还没有完全睁开，饲养员日夜守着它。',
          'Its eyes are not quite open yet, and the keepers watch it day and night.',
        ],
      ],
      [
        [
          '饲养员说，{w}是{w.class}，平时吃{w.eats}。',
          'A keeper explained that {w.many} are {w.class-many} and eat {w.eats}.',
        ],
        [
          '“等它长大，就会{w.can}了。”饲养员说。',
          '"When it grows up, it will {w.can}," said a keeper.',
        ],
      ],
      [
        [
          '从下个星期起，大家可以在玻璃外面看它。',
          'From next week on, visitors may look at it through the glass.',
        ],
        ['动物园请孩子们给它起一个名字。', 'The zoo asks children to find a name for it.'],
      ],
    ],
  },
  {
    id: 'news/match',
    titles: [
      ['{town}队{n1}比{n2}取胜', '{town} Wins {n1} to {n2}'],
      ['一场好球', 'A Fine Match'],
    ],
    beats: [
      [
        [
          '{date}，{town}队和{a.home}队踢了一场足球，{town}队{n1}比{n2}赢了。',
          '{date}. {town} played football against {a.home} and won {n1} to {n2}.',
        ],
        [
          '{date}的足球比赛里，{town}队以{n1}比{n2}战胜了{a.home}队。',
          '{date}. In the football match, {town} beat {a.home} by {n1} to {n2}.',
        ],
      ],
      [
        [
          '上半场两队都很小心，下半场才热闹起来。',
          'Both sides were careful in the first half, and only the second half was lively.',
        ],
        [
          '比赛到最后一分钟，谁也不敢离开座位。',
          'Until the last minute, nobody dared to leave a seat.',
        ],
      ],
      [
        ['当天{sky}，场边坐满了人。', 'It was {sky}, and all seats were taken.'],
        [
          '{a}从{a.home}赶来看球，嗓子都喊哑了。',
          '{a} came all the way from {a.home} and shouted until {a.his} voice was gone.',
        ],
      ],
      [
        ['两队下个月还要再比一场。', 'The two sides will meet again next month.'],
        [
          '比赛结束以后，两队一起去吃了{a.food}。',
          'After the match, both sides went to eat {a.food} together.',
        ],
      ],
    ],
  },
  {
    id: 'news/workshop',
    titles: [
      ['老手艺，新徒弟', 'Old Skills, New Hands'],
      ['{a.trade}{a}的一天', 'A Day with {a}'],
    ],
    beats: [
      [
        [
          '在{a.home}，{a.trade-one}名叫{a}，许多人都认识{a.him}。',
          'In {a.home}, many people know {a}, {a.trade-one}.',
        ],
        [
          '每天天刚亮，{a.trade}{a}就开始忙了。',
          'Every day at first light, {a}, {a.trade-one}, begins to work.',
        ],
      ],
      [
        [
          '{a.he}的工作是{craft.task}，手里总是拿着{craft.tool}。',
          '{A.his} work is {craft.task-ing}, and {a.he} is never seen without {craft.tool-one}.',
        ],
        [
          '“{craft.task}这件事，急不得。”{a.he}说。',
          '"{Craft.task-ing} is nothing for people in a hurry," {a.he} said.',
        ],
      ],
      [
        [
          '今年，{a.he}收了几个徒弟。',
          'This year, {a.he} has taken on some young people to teach.',
        ],
        ['下了班，{a.he}喜欢{a.hobby}。', 'After work, {a.he} likes {a.hobby-ing}.'],
      ],
      [
        [
          '好朋友{b}常来看{a.him}，有时也帮帮忙。',
          '{A.his} friend {b} often comes to see {a.him}, and sometimes helps.',
        ],
        [
          '{a.he}说，自己还能再干二十年。',
          '{a.he} says that {a.he} can go on for twenty more years.',
        ],
      ],
    ],
  },
];
