import type { Script } from './script.ts';

/** More news: what happens in town. */
export const townNews: readonly Script[] = [
  {
    id: 'news/train',
    titles: [
      ['{a.home}到{town}开通新火车', 'New Train from {a.home} to {town}'],
      ['坐火车去{town}', 'To {town} by Train'],
    ],
    beats: [
      [
        [
          '{date}，从{a.home}到{town}的新火车开通了。',
          '{date}. A new train now runs from {a.home} to {town}.',
        ],
        [
          '{date}早上，第一列从{a.home}开往{town}的火车出发了。',
          '{date}. This morning the first train left {a.home} for {town}.',
        ],
      ],
      [
        [
          '火车每天开{few}趟，票价{n}元。',
          'There are {few} trains a day, and a ticket costs {n} yuan.',
        ],
        [
          '车上有{n}个座位，第一天全坐满了。',
          'It has {n} seats, and on the first day all were taken.',
        ],
      ],
      [
        [
          '{a}坐上了第一趟车。“我要去看{town.sight}。”{a.he}说。',
          '{a} was on the first train. "I am going to see {town.sight}," {a.he} said.',
        ],
        [
          '乘客{a}说：“我和好朋友{b}要去{town}玩几天。”',
          '"My friend {b} and I will spend some days in {town}," said {a}, one of the passengers.',
        ],
      ],
      [
        [
          '以前坐汽车要一整天，现在快多了。',
          'By bus it took a whole day, and now it is much faster.',
        ],
        ['车站提醒大家提前半小时到。', 'The station asks all to come half an hour early.'],
      ],
    ],
  },
  {
    id: 'news/exhibition',
    titles: [
      ['{thing.bare}展览在{town}开幕', 'A Show in {town}'],
      ['小东西，大学问', 'Small Things, Great Skill'],
    ],
    beats: [
      [
        [
          '{date}，一个展览在{town}开幕，展出{n}件老{thing.bare}。',
          '{date}. A show has opened in {town}, and all that it shows is {n} old {thing.many}.',
        ],
        [
          '{date}，{town}的博物馆展出了{n}件{thing.bare}，都是用{thing.material}做的。',
          '{date}. The museum of {town} shows {n} {thing.many}, all made of {thing.material}.',
        ],
      ],
      [
        ['最老的一件已经有两百多年了。', 'The oldest is more than two hundred years old.'],
        [
          '有的比手掌还小，有的比人还高。',
          'Some are smaller than a hand, and some are taller than a man.',
        ],
      ],
      [
        ['{a.trade}{a}看了整整一个下午。', '{a}, {a.trade-one}, spent a whole afternoon there.'],
        [
          '“我奶奶家也有这样的{thing.bare}。”{a}说。',
          '"My grandmother has one like this," said {a}.',
        ],
      ],
      [
        [
          '展览到月底结束，学生不用买票。',
          'The show is open until the end of the month and free for students.',
        ],
        [
          '孩子们还可以在那里自己动手做一件。',
          'Children can also try to make one with their own hands.',
        ],
      ],
    ],
  },
  {
    id: 'news/rescue',
    titles: [
      ['{z.bare}得救了', '{Z.bare} Saved'],
      ['河边的一次救助', 'A Rescue by the River'],
    ],
    beats: [
      [
        [
          '{date}，{a.home}的{a.trade}{a}救了{z.one}。',
          '{date}. {a}, {a.trade-one} in {a.home}, has saved {z.one}.',
        ],
        [
          '{date}早上，{a}在{a.home}的河边发现{z.one}被网缠住了。',
          '{date}. By the river in {a.home}, {a} found {z.one} that was caught in a net.',
        ],
      ],
      [
        [
          '{a.he}用小刀割开了网，把它带回家里。',
          '{A.he} cut the net with a knife and took it home.',
        ],
        [
          '它很虚弱，{a}喂它{z.eats}。',
          'It was very weak, and {a} gave it some of what it eats: {z.eats}.',
        ],
      ],
      [
        [
          '动物医生说，它没有大碍，休息几天就好。',
          'An animal doctor says that it only needs some days of rest.',
        ],
        ['过几天，它会被送回{z.home}。', 'In some days it will be set free.'],
      ],
      [
        ['“换了谁都会这么做。”{a}说。', '"Anyone would have done the same," said {a}.'],
        [
          '医生提醒大家：遇到受伤的动物，先打电话，不要乱动。',
          'Doctors ask all who find a hurt animal to call first and not to move it.',
        ],
      ],
    ],
  },
  {
    id: 'news/school',
    titles: [
      ['{poem}响起来', '{poem} in the School Yard'],
      ['孩子们的诗会', 'An Afternoon of Poems'],
    ],
    beats: [
      [
        [
          '{date}，{town}的一所小学办了一场诗会。',
          '{date}. A school in {town} held an afternoon of poems.',
        ],
        [
          '{date}下午，{few}个班的孩子在操场上一起念诗。',
          '{date}. This afternoon the children of {few} classes recited poems in the yard.',
        ],
      ],
      [
        [
          '第一首是{poem.author}的{poem}：“{poemline}”',
          'The first was {poem} by {poem.author}: "{poemline}"',
        ],
        [
          '念到“{poemline}”的时候，连树上的鸟也安静了。',
          'At the words "{poemline}" even the birds in the trees were quiet.',
        ],
      ],
      [
        [
          '老师说，背诗要懂意思，不能只动嘴。',
          'A good reader understands the words and does not only move the lips, the teachers say.',
        ],
        [
          '有一个孩子忘了词，全场一起帮他接了下去：“{poemnext}”',
          'One child forgot the words, and all together they went on: "{poemnext}"',
        ],
      ],
      [
        ['明年的诗会，他们想请爷爷奶奶也来念。', 'Next year they want grandparents to recite too.'],
        ['诗会最后，每个孩子都得到了一支毛笔。', 'At the end, every child got a writing brush.'],
      ],
    ],
  },
];

/** More talk: shops, work, neighbours. */
export const everydayTalk: readonly Script[] = [
  {
    id: 'dialogue/shop',
    titles: [['买东西', 'At the Shop']],
    beats: [
      [
        [
          '店主：您好，要点儿什么？\n{a}：我想买{thing.one}。',
          'Shopkeeper: Hello, what can I do for you?\n{a}: I would like to buy {thing.one}.',
        ],
        [
          '{a}：请问，有{thing.bare}吗？\n店主：有，您看这边。',
          '{a}: Excuse me, do you have {thing.many}?\nShopkeeper: Yes, over here.',
        ],
      ],
      [
        [
          '{a}：这是用什么做的？\n店主：{thing.material}，很结实。',
          '{a}: What is it made of?\nShopkeeper: {Thing.material}. It will last.',
        ],
        ['{a}：多少钱？\n店主：{n}元。', '{a}: How much is it?\nShopkeeper: {n} yuan.'],
      ],
      [
        [
          '{a}：能便宜一点儿吗？\n店主：您是老顾客，少收五元吧。',
          '{a}: Could it be a little cheaper?\nShopkeeper: You come often. Five yuan less for you.',
        ],
        [
          '{a}：我送给朋友，请包得好看一点儿。\n店主：没问题。',
          '{a}: It is for a friend. Please wrap it nicely.\nShopkeeper: With pleasure.',
        ],
      ],
      [
        ['店主：谢谢，欢迎再来。', 'Shopkeeper: Thank you. Come again.'],
        ['{a}：谢谢，再见。\n店主：再见，慢走。', '{a}: Thank you, goodbye.\nShopkeeper: Goodbye.'],
      ],
    ],
  },
  {
    id: 'dialogue/work',
    titles: [['聊工作', 'Talking about Work']],
    beats: [
      [
        [
          '{c}：你好，我叫{c}，是{c.trade}。你呢？',
          '{c}: Hello, my name is {c}, and I am {c.trade-one}. And you?',
        ],
        ['{c}：认识你很高兴。你是做什么工作的？', '{c}: Nice to meet you. What do you do?'],
      ],
      [
        ['{a}：我叫{a}，是{a.home}的{a.trade}。', '{a}: I am {a}, {a.trade-one} from {a.home}.'],
        [
          '{a}：我是{a.trade}，每天{craft.task}。',
          '{a}: I am {a.trade-one}. My work is {craft.task-ing}.',
        ],
      ],
      [
        [
          '{c}：你每天用什么工具？\n{a}：{craft.tool}，一天也离不开它。',
          '{c}: What do you work with?\n{a}: {Craft.tool-one}. I need it every day.',
        ],
        [
          '{c}：辛苦吗？\n{a}：有一点儿，不过我喜欢。',
          '{c}: Is it hard?\n{a}: A little, but I like it.',
        ],
      ],
      [
        [
          '{c}：下班以后做什么？\n{a}：{a.hobby}，或者和{pet.bare}玩。',
          '{c}: What do you do after work?\n{a}: I like {a.hobby-ing}, and I play with my {pet.bare}.',
        ],
        [
          '{c}：以后想做什么？\n{a}：想收几个徒弟，把手艺传下去。',
          '{c}: What do you want to do later?\n{a}: I want to teach young people, so that the skill is not lost.',
        ],
      ],
      [
        [
          '{c}：祝你一切顺利！\n{a}：谢谢，你也是。',
          '{c}: I wish you all the best!\n{a}: Thank you, the same to you.',
        ],
        ['{c}：有空来找我玩。\n{a}：好，一定去。', '{c}: Come and see me some day.\n{a}: I will.'],
      ],
    ],
  },
  {
    id: 'dialogue/neighbour',
    titles: [['新邻居', 'The New Neighbour']],
    beats: [
      [
        ['{c}：您好，我是新搬来的，叫{c}。', '{c}: Hello, I have just moved in. My name is {c}.'],
        ['{c}：打扰了，我住在隔壁，我叫{c}。', '{c}: Excuse me, I live next door. I am {c}.'],
      ],
      [
        [
          '{a}：欢迎欢迎，我叫{a}。快请进，喝杯茶。',
          '{a}: Welcome! I am {a}. Come in and have some tea.',
        ],
        [
          '{a}：你好，我是{a}。有什么要帮忙的，尽管说。',
          '{a}: Hello, I am {a}. If you need help, just ask.',
        ],
      ],
      [
        [
          '{c}：谢谢。请问附近哪里可以买菜？\n{a}：出门往{left}走，过了桥就是市场。',
          '{c}: Thank you. Where can I buy vegetables?\n{a}: Go {left} from the door. The market is behind the bridge.',
        ],
        [
          '{c}：谢谢。您家有梯子吗？我想挂灯笼。\n{a}：有，我帮你扶着。',
          '{c}: Thank you. Do you have a ladder? I want to hang up a lantern.\n{a}: I do, and I will hold it for you.',
        ],
      ],
      [
        [
          '{c}：这{pet.bare}是您养的吗？\n{a}：是的，它不怕生。',
          '{c}: Is this {pet.bare} yours?\n{a}: Yes, and it is not afraid of strangers.',
        ],
        [
          '{c}：这里的人真好。\n{a}：远亲不如近邻嘛。',
          '{c}: The people here are so kind.\n{a}: A near neighbour is better than a far relative, we say.',
        ],
      ],
    ],
  },
  {
    id: 'dialogue/poem',
    titles: [['对诗', 'Capping Verses']],
    beats: [
      [
        [
          '{a}：我们来对诗吧，我说上句，你接下句。\n{b}：好啊，来吧！',
          '{a}: Let us play with poems. I say a line, and you go on.\n{b}: Very well!',
        ],
        [
          '{a}：你还记得{poem}吗？\n{b}：{poem.author}写的，当然记得。',
          '{a}: Do you remember {poem}?\n{b}: By {poem.author}. Of course I do.',
        ],
      ],
      [['{a}：{poemline}\n{b}：{poemnext}', '{a}: {poemline}\n{b}: {poemnext}']],
      [
        [
          '{a}：你背得真熟！\n{b}：小时候奶奶教我的。',
          '{a}: You know it so well!\n{b}: My grandmother taught me when I was small.',
        ],
        [
          '{a}：一个字也没有错。\n{b}：好诗念一遍就忘不了。',
          '{a}: Not one word was wrong.\n{b}: A good poem is not forgotten once you have heard it.',
        ],
      ],
      [
        [
          '{b}：现在轮到我出题了。\n{a}：别太难啊！',
          '{b}: Now it is my turn to ask.\n{a}: Not too hard, please!',
        ],
        [
          '{b}：再来一首？\n{a}：明天吧，先去吃{b.food}。',
          '{b}: Another one?\n{a}: Tomorrow. Let us eat {b.food} first.',
        ],
      ],
    ],
  },
];
