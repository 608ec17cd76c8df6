import type { Script } from './script.ts';

/** Stories about the people of the world. The slots are listed in `slots.ts`. */
export const peopleStories: readonly Script[] = [
  {
    id: 'story/lost-thing',
    titles: [
      ['丢失的{thing.bare}', 'The Lost {Thing.bare}'],
      ['{a}找{thing.bare}', '{a} Looks for a {Thing.bare}'],
    ],
    beats: [
      [
        [
          '{a}是{a.home}的{a.trade-one}，有{thing.one}，是奶奶留给{a.him}的。',
          '{a}, {a.trade-one} in {a.home}, had {thing.one} that once belonged to {a.his} grandmother.',
        ],
        [
          '在{a.home}，{a.trade}{a}最心爱的东西是{thing.one}。',
          'The thing that {a}, {a.trade-one} in {a.home}, loved most was {thing.one}.',
        ],
        [
          '{a}在{a.home}生活，家里最宝贵的就是{thing.one}。',
          '{a} lived in {a.home}, and the most precious thing in the house was {thing.one}.',
        ],
      ],
      [
        [
          '一个{weather}的早上，{a.he}发现{thing.bare}不见了。',
          'One {weather} morning, {a.he} found that the {thing.bare} was gone.',
        ],
        [
          '有一天{a.he}回到家，{thing.bare}却怎么也找不到。',
          'One day {a.he} came home and could not find the {thing.bare} anywhere.',
        ],
      ],
      [
        [
          '{a.he}翻了箱子，看了床下，连{spot}也没有放过。',
          '{a.he} searched the boxes, looked under the bed and even {spot}.',
        ],
        [
          '{a.he}把屋子里里外外找了三遍，急得连{a.food}也吃不下。',
          '{a.he} searched the house three times and was too worried to eat even {a.his} {a.food}.',
        ],
        [
          '{a.he}问遍了邻居，谁也没有看见。',
          '{a.he} asked all the neighbours, but nobody had seen it.',
        ],
      ],
      [
        [
          '好朋友{b}听说了，马上放下手里的活儿赶来帮忙。',
          '{a.his} good friend {b} heard of it, put down {b.his} work and came at once to help.',
        ],
        [
          '{b}来了，说：“别急，我们一起找。”',
          '{b} came and said, "Do not worry, we will look together."',
        ],
      ],
      [
        [
          '他们找到天黑，忽然听见{pet.bare}在墙角叫了一声。',
          'They looked until dark, and suddenly they heard the {pet.bare} behind the wall.',
        ],
        [
          '天快黑的时候，{b}看见{pet.bare}钻进了柴堆。',
          'When it was almost dark, {b} saw the {pet.bare} slip behind the woodpile.',
        ],
      ],
      [
        [
          '走过去一看，{thing.bare}正躺在{pet.bare}的窝里，一点儿也没有坏。',
          'They went to look, and there lay the {thing.bare} in the bed of the {pet.bare}, not broken at all.',
        ],
        [
          '原来{pet.bare}把{thing.bare}当成了玩具，藏在自己的窝里。',
          'The {pet.bare} had taken the {thing.bare} for a toy and had hidden it in its own bed.',
        ],
      ],
      [
        [
          '{a}笑了，请{b}留下来一起吃{a.food}。',
          '{a} laughed and asked {b} to stay and eat {a.food} with {a.him}.',
        ],
        [
          '从那以后，{a}每天晚上都把{thing.bare}放在高高的架子上。',
          'From then on, {a} put the {thing.bare} on a high shelf every night.',
        ],
        [
          '“东西丢了可以找回来，”{a}说，“好朋友可不能丢。”',
          '"A lost thing can be found again," said {a}, "but a good friend must not be lost."',
        ],
      ],
    ],
  },
  {
    id: 'story/journey',
    titles: [
      ['{a}去{town}', '{a} Goes to {town}'],
      ['第一次到{town}', 'The First Time in {town}'],
      ['{season}的旅行', 'A Journey in {Season}'],
    ],
    beats: [
      [
        [
          '{a}从小就听人说起{town}，却一直没有去过。',
          '{a} had heard of {town} since childhood but had never been there.',
        ],
        ['{season}来了，{a}想去{town}看看。', '{season} came, and {a} wanted to see {town}.'],
      ],
      [
        [
          '{a.he}约上好朋友{b}，带着干粮，坐上了清早的火车。',
          '{a.he} asked {a.his} friend {b} to come, packed some food, and took the early train.',
        ],
        [
          '{a.he}和{b}一起出发，一路上看着窗外的田野和小河。',
          '{a.he} set out with {b}, and they watched the fields and streams go by.',
        ],
      ],
      [
        [
          '下了车，他们先去看{town.sight}。',
          'When they arrived, they went to see {town.sight} first.',
        ],
        [
          '{b}说：“到了{town}，不看{town.sight}可不行。”',
          '{b} said, "Nobody comes to {town} without seeing {town.sight}."',
        ],
      ],
      [
        [
          '那里人很多，可是站在高处一望，心里一下子安静了。',
          'There were many people, but when they looked out from high above, their hearts grew quiet.',
        ],
        [
          '{a}看了很久，说：“比我想的还要好看。”',
          '{a} looked for a long time and said, "It is even more beautiful than I thought."',
        ],
        [
          '{b}拿出本子，把眼前的景色画了下来。',
          '{b} took out a notebook and drew what was before their eyes.',
        ],
      ],
      [
        [
          '中午，他们坐在小店里吃{town.dish}，热气腾腾的，真香。',
          'At noon they sat in a small shop and ate {town.dish}, steaming hot and very good.',
        ],
        [
          '肚子饿了，店主端上来{town.dish}，他们吃得干干净净。',
          'When they were hungry, the owner of a small shop brought {town.dish}, and they left nothing on the plates.',
        ],
      ],
      [
        [
          '傍晚起了风，他们在水边慢慢地走，谁也不说话。',
          'In the evening a wind rose, and they walked slowly by the water without a word.',
        ],
        [
          '傍晚下起了小雨，一位老人把自己的伞借给了他们。',
          'In the evening it began to rain, and an old man lent them his umbrella.',
        ],
      ],
      [
        [
          '回家的路上，{a}说：“明年{season}，我们再来。”',
          'On the way home {a} said, "Next {season} we will come again."',
        ],
        [
          '回到家里，{a}把这一天写在信里，寄给了远方的爷爷。',
          'Back home, {a} wrote about the day in a letter to {a.his} grandfather far away.',
        ],
      ],
    ],
  },
  {
    id: 'story/apprentice',
    titles: [
      ['小徒弟', 'The Apprentice'],
      ['{a}学手艺', '{a} Learns a Trade'],
    ],
    beats: [
      [
        [
          '{a}年轻的时候，跟一位老{a.trade}学手艺。',
          'When {a} was young, {a.he} learned the trade from an old {a.trade}.',
        ],
        [
          '{a}想当一名{a.trade}，就去拜城里最好的师傅为师。',
          '{a} wanted to be {a.trade-one} and went to learn from the best master in town.',
        ],
      ],
      [
        [
          '头一个月，师傅只让{a.him}扫地、烧水。',
          'In the first month, the master only let {a.him} sweep the floor and boil water.',
        ],
        [
          '第一天，师傅只说了一句话：“先学会看。”',
          'On the first day, the master said one thing only: "First learn to look."',
        ],
      ],
      [
        [
          '{a}心里着急，可是什么也没说，天天早来晚走。',
          '{a} was impatient but said nothing, and came early and left late every day.',
        ],
        ['{a}把师傅的一举一动都记在心里。', '{a} kept every movement of the master in mind.'],
      ],
      [
        [
          '第二个月，{a.he}才第一次摸到{craft.tool}，手一直在发抖。',
          'In the second month, {a.he} held {craft.tool-one} for the first time, and {a.his} hands shook.',
        ],
        [
          '后来，师傅把{craft.tool}交给{a.him}，说：“现在轮到你了。”',
          'Later, the master gave {a.him} {craft.tool-one} and said, "Now it is your turn."',
        ],
      ],
      [
        [
          '第一次没有做好，第二次还是不行，第三次才像个样子。',
          'The first try went wrong, the second too, and only the third was any good.',
        ],
        [
          '{a.he}失败了十次，每一次都问自己：错在哪里？',
          '{a.he} failed ten times, and each time {a.he} asked: where did it go wrong?',
        ],
      ],
      [
        [
          '三年过去了，来找{a}的人比来找师傅的还多。',
          'Three years went by, and more people came to {a} than to the master.',
        ],
        [
          '三年以后，师傅看着{a}干活，点了点头。',
          'After three years, the master watched {a} at work and nodded.',
        ],
      ],
      [
        [
          '师傅笑着说：“好手艺都是慢慢长出来的，像树一样。”',
          'The master smiled and said, "Good skill grows slowly, like a tree."',
        ],
        [
          '{a}说：“我学会的第一件事，是耐心。”',
          '{a} said, "The first thing I learned was patience."',
        ],
      ],
    ],
  },
  {
    id: 'story/storm',
    titles: [
      ['风雪夜', 'A Night of Snow'],
      ['敲门声', 'A Knock at the Door'],
    ],
    beats: [
      [
        [
          '冬天的一个夜里，风很大，雪下个不停。',
          'One winter night the wind was strong, and the snow did not stop.',
        ],
        [
          '那天夜里，大雪盖住了通往{a.home}的路。',
          'That night, deep snow covered the road to {a.home}.',
        ],
      ],
      [
        [
          '{a}正坐在灯下，想着{a.hobby}的事，忽然听见有人敲门。',
          '{a} was sitting by the lamp, thinking of {a.hobby-ing}, when somebody knocked at the door.',
        ],
        [
          '{a}刚要睡下，门外传来轻轻的敲门声。',
          '{a} was about to go to bed when there was a soft knock at the door.',
        ],
      ],
      [
        ['门外站着一个不认识的人，衣服上全是雪。', 'Outside stood a stranger, covered with snow.'],
        ['开门一看，是一个赶路的人，冻得说不出话来。', 'It was a traveller, too cold to speak.'],
      ],
      [
        [
          '{a}没有多问，让{c.him}坐到火炉旁边，端来一碗热汤。',
          '{a} asked nothing, let {c.him} sit by the stove, and brought a bowl of hot soup.',
        ],
        [
          '{a}说：“快进来，外面太冷了。”又添了几块木柴。',
          '"Come in, it is too cold outside," said {a}, and put more wood on the fire.',
        ],
      ],
      [
        [
          '客人名叫{c}，是一位{c.trade}，要到很远的地方去。',
          'The guest was called {c}, {c.trade-one} on the way to a place far away.',
        ],
        [
          '原来客人是{c.trade-one}，叫{c}，在雪里迷了路。',
          'The guest was {c.trade-one} called {c} who had lost the way in the snow.',
        ],
      ],
      [
        [
          '两个人一边喝茶，一边说话，一直说到天亮。',
          'The two drank tea and talked until the morning.',
        ],
        [
          '{pet.bare}也走过来，靠在客人的脚边睡着了。',
          'The {pet.bare} came too, and fell asleep at the feet of the guest.',
        ],
      ],
      [
        [
          '第二天雪停了，{c}走的时候，把自己的围巾留给了{a}。',
          'The next day the snow stopped, and when {c} left, {c.he} gave {a} {c.his} own scarf.',
        ],
        [
          '后来他们成了朋友，每年下第一场雪的时候都要见面。',
          'Later they became friends and met every year when the first snow fell.',
        ],
      ],
    ],
  },
  {
    id: 'story/quarrel',
    titles: [
      ['和好', 'Friends Again'],
      ['{a}和{b}', '{a} and {b}'],
    ],
    beats: [
      [
        [
          '{a}和{b}是最好的朋友，可是有一天，他们吵架了。',
          '{a} and {b} were the best of friends, but one day they quarrelled.',
        ],
        [
          '谁都知道{a}和{b}要好，所以那次吵架让大家都很吃惊。',
          'Everybody knew that {a} and {b} were close, so their quarrel surprised all.',
        ],
      ],
      [
        [
          '为的是一件小事：{thing.one}该归谁。',
          'It was about a small thing: {thing.one}, and who should have it.',
        ],
        ['起因不过是一句玩笑话。', 'It began with nothing but a joke.'],
      ],
      [
        ['整整三天，两个人谁也不理谁。', 'For three whole days they did not speak to each other.'],
        [
          '{a}走路绕着走，{b}看见{a.him}就转过脸去。',
          '{a} took the long way round, and {b} looked away whenever {a.he} passed.',
        ],
      ],
      [
        [
          '第四天下起了大雨，{a}想起{b}没有伞。',
          'On the fourth day it rained hard, and {a} remembered that {b} had no umbrella.',
        ],
        [
          '晚上，{a}一个人吃着{a.food}，觉得一点儿味道也没有。',
          'In the evening {a} ate {a.food} alone, and nothing had any taste.',
        ],
      ],
      [
        [
          '{a.he}跑出去，在桥上碰见了{b}。{b.he}手里也拿着一把伞，正要给{a.him}送来。',
          '{a.he} ran out and met {b} on the bridge. {B.he} was carrying an umbrella too, and was bringing it to {a.him}.',
        ],
        [
          '{a.he}刚走到门口，就看见{b}站在那里，手里捧着一包{ofood}。',
          '{a.he} came to the door, and there stood {b} with a parcel of {ofood}.',
        ],
      ],
      [
        [
          '两个人你看看我，我看看你，一起笑了。',
          'They looked at each other, and both began to laugh.',
        ],
        ['“对不起。”两个人同时说。', '"I am sorry," they both said at the same time.'],
      ],
      [
        [
          '从此他们约好：再生气，也不过夜。',
          'From then on they had a rule: no anger is kept overnight.',
        ],
        [
          '那{thing.bare}呢？他们送给了邻居家的孩子。',
          'And the thing they had fought about? They gave it to the child next door.',
        ],
      ],
    ],
  },
  {
    id: 'story/poem-night',
    titles: [
      ['念诗的夜晚', 'An Evening of Poems'],
      ['{a}和一首诗', '{a} and a Poem'],
    ],
    beats: [
      [
        [
          '{a}睡不着，推开窗户，月光照了进来。',
          '{a} could not sleep. {A.he} opened the window, and the moonlight came in.',
        ],
        [
          '停电的晚上，{a}和{b}坐在院子里看月亮。',
          'One evening the lights went out, and {a} sat in the yard with {b} and looked at the moon.',
        ],
      ],
      [
        [
          '{a.he}想起小时候背过的{poem.author}的诗。',
          '{a.he} remembered a poem by {poem.author} from {a.his} childhood.',
        ],
        [
          '{a.he}忽然想念一首诗，是{poem.author}写的{poem}。',
          '{a.he} suddenly wanted to hear a poem: {poem} by {poem.author}.',
        ],
      ],
      [
        ['{a.he}轻轻地念道：“{poemline}”', '{a.he} said softly: "{poemline}"'],
        ['“{poemline}”{a.he}只记得这一句了。', '"{poemline}" That was all {a.he} could remember.'],
      ],
      [
        ['{b}接着念了下去：“{poemnext}”', '{b} went on: "{poemnext}"'],
        [
          '过了一会儿，隔壁的{b}接上了：“{poemnext}”',
          'After a while, the voice of {b} came from next door: "{poemnext}"',
        ],
      ],
      [
        [
          '一千多年前的人，也看过这样的月亮吧。',
          'People more than a thousand years ago must have seen such a moon too.',
        ],
        ['诗很短，可是里面装着很大的世界。', 'The poem was short, but it held a large world.'],
      ],
      [
        ['那天晚上，{a}睡得很香。', 'That night, {a} slept very well.'],
        [
          '后来，{a.he}每天晚上都背一首诗。',
          'After that, {a.he} learned a poem by heart every evening.',
        ],
      ],
    ],
  },
  {
    id: 'story/garden',
    titles: [
      ['一棵{fruit.bare}树', 'The {Fruit.bare} Tree'],
      ['等待', 'Waiting'],
    ],
    beats: [
      [
        [
          '{a}吃完一个{fruit.bare}，把种子埋在窗外的土里。',
          '{a} ate a ripe {fruit.bare} and put the seed into the earth outside the window.',
        ],
        [
          '{b}送给{a}一小包{fruit.bare}的种子。',
          '{b} gave {a} a small packet of {fruit.bare} seeds.',
        ],
      ],
      [
        [
          '第二天{a.he}去看，什么也没有；第三天去看，还是什么也没有。',
          'The next day {a.he} looked, and there was nothing; the day after, there was still nothing.',
        ],
        [
          '{a.he}每天浇水，可是土里一点儿动静也没有。',
          '{a.he} watered it every day, but nothing stirred in the earth.',
        ],
      ],
      [
        ['“它不会长出来了。”{a.he}对{b}说。', '"It will never grow," {a.he} said to {b}.'],
        [
          '邻居都说：“算了吧，种不活的。”',
          'The neighbours all said, "Give it up, it will not live."',
        ],
      ],
      [
        [
          '{b}说：“种子睡得很沉，你要给它时间。”',
          '{b} said, "A seed sleeps deeply. You must give it time."',
        ],
        ['{b}只说了两个字：“再等。”', '{b} said only, "Wait a little longer."'],
      ],
      [
        [
          '春天的一场雨以后，土里冒出了一点绿色。',
          'After a rain in spring, a little green came out of the earth.',
        ],
        [
          '有一天早上，{a.he}看见两片小小的叶子，高兴得跳了起来。',
          'One morning {a.he} saw two small leaves and jumped for joy.',
        ],
      ],
      [
        [
          '几年以后，枝头结满了{fruit.bare}，{fruit.colour}的，{fruit.taste}的。',
          'Some years later the tree was full of {fruit.many}, {fruit.colour} and {fruit.taste}.',
        ],
        [
          '又过了几年，全街的孩子都来吃{a.his}{fruit.bare}。',
          'Some years later, all the children of the street came to eat {a.his} {fruit.many}.',
        ],
      ],
      [
        ['{a}摘下最大的一个，送给了{b}。', '{a} picked the biggest one and gave it to {b}.'],
        [
          '{a}又把一颗种子埋进土里，这一次，{a.he}一点儿也不急。',
          '{a} put another seed into the earth, and this time {a.he} was in no hurry.',
        ],
      ],
    ],
  },
  {
    id: 'story/festival',
    titles: [
      ['{a}家的{festival}', '{Festival} at the House of {a}'],
      ['过{festival}', 'Getting Ready for {festival}'],
    ],
    beats: [
      [
        [
          '快到{festival}了，{a}一早就开始忙。',
          '{festival} was near, and {a} was busy from early morning.',
        ],
        [
          '{a}最盼望的节日是{festival}。',
          'The day that {a} looked forward to most was {festival}.',
        ],
      ],
      [
        [
          '按照老规矩，这一天大家{festival.custom}。',
          'By old custom, this is the day when people {festival.custom}.',
        ],
        [
          '街上的人都在准备，因为{festival}的习俗是{festival.custom}。',
          'The whole street was getting ready, for the custom of {festival} is to {festival.custom}.',
        ],
      ],
      [
        ['{a.he}洗好了碗筷，又打扫了院子。', '{a.he} washed the dishes and swept the yard.'],
        ['{a.he}请好朋友{b}也到家里来。', '{a.he} asked {a.his} good friend {b} to come too.'],
      ],
      [
        ['傍晚，厨房里飘出了香味。', 'In the evening, a good smell came from the kitchen.'],
        [
          '奶奶坐在门口，讲起从前过节的事。',
          'Grandmother sat at the door and told how the festival was in the old days.',
        ],
      ],
      [
        [
          '{b}带来了{thing.one}，孩子们围着看个没完。',
          '{b} brought {thing.one}, and the children could not stop looking at it.',
        ],
        ['{pet.bare}也跟着孩子们跑来跑去。', 'The {pet.bare} ran to and fro with the children.'],
      ],
      [
        [
          '月亮升起来的时候，一家人坐在一起，说说笑笑。',
          'When the moon rose, the family sat together, talking and laughing.',
        ],
        ['那天晚上，谁也不想早睡。', 'That night, nobody wanted to go to bed early.'],
      ],
    ],
  },
];
