import type { Script } from './script.ts';

/** Stories of streets, markets and rivers. The slots are those of `drawScene`. */
export const townStories: readonly Script[] = [
  {
    id: 'story/kite-contest',
    titles: [
      ['风筝比赛', 'The Kite Contest'],
      ['最高的风筝', 'The Highest Kite'],
    ],
    beats: [
      [
        [
          '每年春天，{a.home}都有一场风筝比赛。',
          'Every spring there is a kite contest in {a.home}.',
        ],
        [
          '{a.home}的风筝比赛要开始了，孩子们早早地来到河边。',
          'The kite contest of {a.home} was about to begin, and the children came early to the river.',
        ],
      ],
      [
        [
          '{a}做了一只{x.bare}样子的风筝，涂上了鲜亮的颜色。',
          '{a} had made a kite in the shape of {x.one}, painted in bright colours.',
        ],
        [
          '{a}的风筝像{x.one}，{b}的风筝像{y.one}。',
          'The kite of {a} looked like {x.one}, and the kite of {b} like {y.one}.',
        ],
      ],
      [
        [
          '哨子一响，天上一下子飞起了几十只风筝。',
          'At the sound of the whistle, dozens of kites rose into the sky.',
        ],
        ['风来了，大家一起跑了起来。', 'The wind came, and all began to run.'],
      ],
      [
        [
          '{a}的风筝越飞越高，眼看就要得第一了。',
          'The kite of {a} flew higher and higher, and {a.he} was about to win.',
        ],
        [
          '飞得最高的是{a}的风筝，看上去只有一粒米那么大。',
          'The kite of {a} flew highest of all and looked no bigger than a grain of rice.',
        ],
      ],
      [
        [
          '就在这时，{b}的线断了，风筝挂在了树上，{b.he}急得快哭了。',
          'Just then the string of {b} broke, the kite hung in a tree, and {b} was close to tears.',
        ],
        [
          '忽然，一个小孩子追着风筝，掉进了水沟里。',
          'Suddenly a small child who ran after a kite fell into a ditch.',
        ],
      ],
      [
        [
          '{a}想也没想，放下手里的线，跑过去帮忙。',
          '{a} did not think twice, let go of the string, and ran to help.',
        ],
        [
          '{a}看了看天上的风筝，还是松开了手。',
          '{a} looked up at the kite once more, and then {a.he} let it go.',
        ],
      ],
      [
        [
          '那天{a}没有得奖，可是大家记住的是{a.his}名字。',
          'That day {a} won no prize, but it was {a.his} name that everybody remembered.',
        ],
        [
          '晚上，{a.his}风筝被风送了回来，正好落在家门口。',
          'In the evening the wind brought {a.his} kite back and set it down at the door.',
        ],
        [
          '第一名把奖品送到了{a}手里：“这个应该是你的。”',
          'The winner put the prize into the hands of {a}: "This should be yours."',
        ],
      ],
    ],
  },
  {
    id: 'story/letter',
    titles: [
      ['一封信', 'A Letter'],
      ['迟到的信', 'The Late Letter'],
    ],
    beats: [
      [
        [
          '{b}要在{town}住半年，{a}很想念{b.him}，常常写信。',
          '{b} was in {town} for half a year, and {a} missed {b.him} and often wrote.',
        ],
        [
          '好朋友{b}去{town}旅行，一去就是半年，{a}每个月都给{b.him}写信。',
          '{b} was on a long journey to {town}, and {a} wrote a letter every month.',
        ],
      ],
      [
        [
          '信里写着：{pet.bare}又长大了，院子里的{fruit.bare}熟了。',
          'The first letter said that the {pet.bare} had grown and that the {fruit.many} in the yard were ripe.',
        ],
        [
          '{a.he}在信里说，自己还是老样子，每天{a.hobby}，吃{a.food}。',
          '{A.he} wrote that all was as before, and that {a.he} still liked {a.hobby-ing} and {a.food}.',
        ],
      ],
      [
        [
          '可是一个月过去了，没有回信；两个月过去了，还是没有。',
          'But a month went by without an answer, and then another.',
        ],
        [
          '{a.he}天天到门口等邮递员，天天都是空手回来。',
          'Every day {a.he} waited for the mail carrier at the door, and every day in vain.',
        ],
      ],
      [
        [
          '“也许{b.he}已经忘了我。”{a}难过地想。',
          '"Perhaps {b} has forgotten me," {a} thought sadly.',
        ],
        [
          '{a}对自己说：“{town}太热闹了，谁还记得老朋友呢？”',
          '"{town} is so full of life, who would still think of an old friend?" said {a}.',
        ],
      ],
      [
        [
          '第三个月，邮递员送来了一大包信，原来大雪封住了山路。',
          'In the third month the mail carrier brought a whole bundle: snow had closed the mountain road.',
        ],
        [
          '后来才知道，信被送到了另一条同名的街上。',
          'Then it came out that the letters had gone to another street of the same name.',
        ],
      ],
      [
        [
          '{b}在信里画了{town.sight}，还夹了一片叶子。',
          'In one letter {b} had drawn {town.sight} and put in a leaf.',
        ],
        [
          '每一封信的最后都写着：“快来看我，我请你吃{town.dish}。”',
          'Each of them ended: "Come and see me soon, and we will eat {town.dish}."',
        ],
      ],
      [
        [
          '{a}一封一封地读，一直读到灯油烧完。',
          '{a} read one after the other until the lamp went out.',
        ],
        [
          '第二天一早，{a}就坐上了去{town}的火车。',
          'Early the next morning, {a} took the train to {town}.',
        ],
      ],
    ],
  },
  {
    id: 'story/market',
    titles: [
      ['赶集', 'Market Day'],
      ['卖{fruit.bare}的老人', 'The Old Man Who Sold {Fruit.many}'],
    ],
    beats: [
      [
        [
          '集市上有一位老人，卖自己种的{fruit.bare}。',
          'At the market there was an old man who sold {fruit.many} that he had grown himself.',
        ],
        [
          '星期天，{a}去赶集，在角落里看见一位卖{fruit.bare}的老人。',
          'On Sunday {a} went to the market and saw an old man in the corner, selling {fruit.many}.',
        ],
      ],
      [
        [
          '他的{fruit.bare}不大，可是{fruit.taste}得让人忘不了。',
          'His {fruit.many} were not big, but so {fruit.taste} that nobody could forget them.',
        ],
        [
          '别人大声叫卖，他却只是安安静静地坐着。',
          'Others cried their goods, but he sat there in silence.',
        ],
      ],
      [
        [
          '{a}问：“多少钱一斤？”老人说：“{price}元。”',
          '{a} asked, "How much is a pound?" "{price} yuan," said the old man.',
        ],
        [
          '{a}给了他{price}元，老人挑了最好的，装了满满一篮子。',
          '{a} gave him {price} yuan, and the old man chose the best and filled a whole basket.',
        ],
      ],
      [
        [
          '回到家，{a}发现篮子底下有一枚旧银币。',
          'At home, {a} found an old silver coin at the bottom of the basket.',
        ],
        [
          '走到半路，{a}发现老人多找了钱。',
          'Half-way home, {a} saw that the old man had given too much change.',
        ],
      ],
      [
        ['{b}说：“反正没有人知道，留下吧。”', '{b} said, "Nobody knows. Keep it."'],
        [
          '天已经黑了，又下着雨，路很不好走。',
          'It was dark by now and raining, and the road was bad.',
        ],
      ],
      [
        [
          '{a}摇摇头，又走了十里路，把钱送了回去。',
          '{a} shook {a.his} head, walked all the way back, and returned the money.',
        ],
        [
          '{a}还是转身回去了。老人还坐在那里，好像知道{a.he}会来。',
          'Still, {a} turned back. The old man was sitting there as if he had known.',
        ],
      ],
      [
        [
          '老人笑了：“这么多年，你是第一个回来的人。”',
          'The old man smiled. "In all these years, you are the first who came back."',
        ],
        [
          '从那以后，{a}每个星期都来，他们成了忘年的朋友。',
          'From then on {a} came every week, and they became friends, one young and one old.',
        ],
      ],
    ],
  },
  {
    id: 'story/bridge',
    titles: [
      ['修桥', 'The Bridge'],
      ['河上的木桥', 'The Wooden Bridge'],
    ],
    beats: [
      [
        [
          '村子和学校之间有一条河，河上只有一座旧木桥。',
          'Between the village and the school there was a river, and over the river only an old wooden bridge.',
        ],
        [
          '一场大水过后，村口的木桥不见了。',
          'After a great flood, the wooden bridge of the village was gone.',
        ],
      ],
      [
        [
          '孩子们上学要绕很远的路，走到学校已经累得不想说话。',
          'The children had to walk a long way round and came to school too tired to speak.',
        ],
        [
          '老人过不了河，生了病也没法去看医生。',
          'The old could not cross, not even to see a doctor.',
        ],
      ],
      [
        [
          '{a.trade}{a}说：“我们自己来修吧。”',
          '"Let us build it ourselves," said {a}, {a.trade-one}.',
        ],
        [
          '大家都在叹气，只有{a}去量了量河有多宽。',
          'All sighed, and only {a} went and measured how wide the river was.',
        ],
      ],
      [
        [
          '{b}第一个来帮忙，第二天来了十个人，第三天全村都来了。',
          '{b} was the first to help; on the second day ten people came, and on the third the whole village.',
        ],
        [
          '有人出木头，有人出力气，孩子们负责送水。',
          'Some gave wood, some gave strength, and the children carried water.',
        ],
      ],
      [
        [
          '{c.trade}{c}路过这里，也停下来干了三天。',
          '{c}, {c.trade-one} on a journey, stopped and worked with them for three days.',
        ],
        [
          '下雨的那几天，大家披着雨衣也没有停下。',
          'Even on the days of rain, they went on in their raincoats.',
        ],
      ],
      [
        [
          '半个月以后，新桥修好了，又宽又结实。',
          'After half a month the new bridge was ready, wide and strong.',
        ],
        [
          '桥修好的那天，第一个走过去的是村里最老的奶奶。',
          'On the day when it was ready, the oldest grandmother of the village walked over it first.',
        ],
      ],
      [
        [
          '有人想把{a}的名字刻在桥上，{a.he}说：“刻上大家的名字吧。”',
          'Some wanted to cut the name of {a} into the bridge, but {a.he} said, "Cut in the names of all."',
        ],
        ['一个人做不成的事，一个村子能做成。', 'What one cannot do, a village can.'],
      ],
    ],
  },
  {
    id: 'story/moon-well',
    titles: [
      ['井里的月亮', 'The Moon in the Well'],
      ['{x}捞月亮', 'The {X.bare} Fishes for the Moon'],
    ],
    beats: [
      [
        [
          '一天夜里，{x}走到井边喝水，看见月亮在井里。',
          'One night {x} came to the well to drink and saw the moon in the water.',
        ],
        [
          '{x}往井里一看，吓了一跳：“月亮掉到井里去了！”',
          '{x} looked into the well and was frightened. "The moon has fallen in!"',
        ],
      ],
      [
        [
          '它连忙去叫醒{y}：“快来，月亮要淹死了！”',
          'It ran to wake {y}. "Come quickly, the moon is drowning!"',
        ],
        ['它跑去找{y}，{y}又去叫{z}。', 'It ran to find {y}, and {y} ran to find {z}.'],
      ],
      [
        [
          '它们找来绳子和篮子，一次一次往上捞。',
          'They brought a rope and a basket and tried to lift it out, again and again.',
        ],
        [
          '它们一个拉着一个，伸长了身子去捞。',
          'They held on to each other and reached down as far as they could.',
        ],
      ],
      [
        ['每一次，水一动，月亮就碎了。', 'Each time the water moved, the moon broke into pieces.'],
        [
          '捞上来的只有水，月亮还在下面。',
          'All that came up was water, and the moon stayed below.',
        ],
      ],
      [
        [
          '最后{x}累得躺在地上，一抬头，月亮好好的挂在天上。',
          'At last {x} lay down on the ground, tired out, looked up, and there was the moon in the sky.',
        ],
        [
          '{y}忽然抬起头，说：“你们看，天上还有一个！”',
          'Suddenly {y} looked up and said, "Look, there is another one in the sky!"',
        ],
      ],
      [
        [
          '它们高兴地说：“看，我们把月亮救上去了！”',
          '"See," they said happily, "we have saved the moon!"',
        ],
        ['它们你看看我，我看看你，都笑了。', 'They looked at one another and laughed.'],
      ],
      [
        ['做事以前，先抬头看一看。', 'Before you act, look up once.'],
        [
          '从此以后，有月亮的晚上，它们总要到井边坐一会儿。',
          'Ever since, on nights with a moon, they sit for a while at the well.',
        ],
      ],
    ],
  },
];
