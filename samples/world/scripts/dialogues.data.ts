import type { Script } from './script.ts';

/** Talk between `{a}` and `{b}`, or `{a}` and the stranger `{c}`. Each beat is one or two lines. */
export const dialogueScripts: readonly Script[] = [
  {
    id: 'dialogue/weather',
    titles: [['谈天气', 'About the Weather']],
    beats: [
      [
        ['{a}：早上好，{b}！\n{b}：早上好！', '{a}: Good morning, {b}!\n{b}: Good morning!'],
        [
          '{a}：你好，{b}，好久不见。\n{b}：是啊，我挺好的。',
          '{a}: Hello, {b}. I have not seen you for a long time.\n{b}: Yes, it has been a long time. I am well, thank you.',
        ],
      ],
      [
        ['{a}：今天{sky}，你出门吗？', '{a}: It is {sky} today. Are you going out?'],
        [
          '{a}：{town}今天{sky}，你那里呢？',
          '{a}: It is {sky} in {town} today. How is it with you?',
        ],
      ],
      [
        [
          '{b}：我这里{sky2}。天气不好的时候，我就在家看书。',
          '{b}: Here it is {sky2}. In bad weather I stay at home and read.',
        ],
        [
          '{b}：听说明天{sky2}，我想先看看再说。',
          '{b}: They say it will be {sky2} tomorrow. I will wait and see.',
        ],
      ],
      [
        [
          '{a}：那就{advice}吧。\n{b}：好的，谢谢你。',
          '{a}: You had better {advice}.\n{b}: I will. Thank you.',
        ],
        [
          '{a}：晚上来我家吃{a.food}吧。\n{b}：太好了，我一定来。',
          '{a}: Come and eat {a.food} with me tonight.\n{b}: Wonderful, I will come.',
        ],
      ],
    ],
  },
  {
    id: 'dialogue/travel',
    titles: [
      ['去{town}玩', 'A Trip to {town}'],
      ['旅行的主意', 'A Plan for the Holidays'],
    ],
    beats: [
      [
        [
          '{a}：放假的时候，我想去{town}。你去过吗？',
          '{a}: I want to go to {town} in the holidays. Have you been there?',
        ],
        [
          '{a}：我打算去{town}玩几天，可是不知道该看什么。',
          '{a}: I am going to {town} for some days, but I do not know what to see.',
        ],
      ],
      [
        [
          '{b}：我去过。你一定要看看{town.sight}。',
          '{b}: I have been there. You must see {town.sight}.',
        ],
        [
          '{b}：我建议你先去{town.sight}，早上人少。',
          '{b}: Go to {town.sight} first, early in the morning, when there are few people.',
        ],
      ],
      [
        [
          '{a}：那里有什么好吃的？\n{b}：{town.dish}最有名，小店里的就很好。',
          '{a}: And what should I eat?\n{b}: {Town.dish}. The small shops are the best.',
        ],
        [
          '{a}：吃的呢？\n{b}：别忘了尝尝{town.dish}。',
          '{a}: What about food?\n{b}: Do not forget to try {town.dish}.',
        ],
      ],
      [
        [
          '{a}：什么季节去最好？\n{b}：我喜欢{season}去，那时候景色最美。',
          '{a}: What is the best season?\n{b}: I like {season}, when it is most beautiful.',
        ],
        [
          '{a}：要住几天才够？\n{b}：三天就够了，慢慢走，慢慢看。',
          '{a}: How many days do I need?\n{b}: Three are enough, if you walk slowly and look well.',
        ],
      ],
      [
        ['{a}：谢谢你，我回来给你看照片。', '{a}: Thank you. I will show you my photographs.'],
        ['{a}：听你这么说，我明天就想出发了！', '{a}: Now I want to leave tomorrow!'],
      ],
    ],
  },
  {
    id: 'dialogue/way',
    titles: [['问路', 'Asking the Way']],
    beats: [
      [
        ['{a}：请问，去{town.sight}怎么走？', '{a}: Excuse me, how do I get to {town.sight}?'],
        [
          '{a}：您好，我想去{town.sight}，是往这边走吗？',
          '{a}: Hello, I am looking for {town.sight}. Is this the right way?',
        ],
      ],
      [
        [
          '{c}：一直往前走，到了桥边再往{left}拐。',
          '{c}: Go straight on and turn {left} at the bridge.',
        ],
        ['{c}：先过马路，再往{left}走。', '{c}: Cross the road first, and then go {left}.'],
      ],
      [
        [
          '{a}：走路要多长时间？\n{c}：大约{minutes}分钟。',
          '{a}: How long does it take on foot?\n{c}: About {minutes} minutes.',
        ],
        [
          '{a}：远不远？\n{c}：不远，坐车{minutes}分钟就到。',
          '{a}: Is it far?\n{c}: Not far. It is {minutes} minutes by bus.',
        ],
      ],
      [
        [
          '{a}：太谢谢您了。\n{c}：不客气，一路顺风。',
          '{a}: Thank you so much.\n{c}: You are welcome. Have a good trip.',
        ],
        [
          '{a}：您真好。\n{c}：没什么，我正好也往那边去，一起走吧。',
          '{a}: You are very kind.\n{c}: Not at all. I am going there too, so let us walk together.',
        ],
      ],
    ],
  },
  {
    id: 'dialogue/invitation',
    titles: [
      ['请客', 'An Invitation'],
      ['打电话', 'On the Telephone'],
    ],
    beats: [
      [
        [
          '{a}：喂，是{b}吗？我是{a}。\n{b}：是我，你好！',
          '{a}: Hello, is that {b}? This is {a}.\n{b}: Yes. How nice to hear you!',
        ],
        [
          '{a}：{b}，你星期六有空吗？\n{b}：有空，什么事？',
          '{a}: {b}, are you free on Saturday?\n{b}: Yes, I am. What is it?',
        ],
      ],
      [
        [
          '{a}：来我家吃饭吧，我做{a.food}。',
          '{a}: Come to my house for a meal. I will make {a.food}.',
        ],
        ['{a}：我们一起去{home.sight}走走，好不好？', '{a}: Shall we take a walk to {home.sight}?'],
      ],
      [
        ['{b}：好啊！要我带什么吗？', '{b}: With pleasure! Shall I bring something?'],
        [
          '{b}：真不巧，我那天要陪奶奶。星期天可以吗？',
          '{b}: What a pity, I am with my grandmother that day. Is Sunday all right?',
        ],
      ],
      [
        [
          '{a}：带上{pet.bare}的照片吧，我想看看它长多大了。\n{b}：没问题。',
          '{a}: I would like you to see my {pet.bare}. It has grown so big.\n{b}: I would love to.',
        ],
        [
          '{a}：什么都不用带，人来就好。\n{b}：那我们几点见？',
          '{a}: Bring nothing but yourself.\n{b}: When shall we meet?',
        ],
      ],
      [
        ['{a}：{hour}见。\n{b}：好，到时候见！', '{a}: At {hour}.\n{b}: Good. See you then!'],
        [
          '{a}：下午{hour}，别迟到。\n{b}：一定准时到。',
          '{a}: In the afternoon, at {hour}. Do not be late.\n{b}: I will be there in time.',
        ],
      ],
    ],
  },
  {
    id: 'dialogue/apology',
    titles: [['对不起', 'Sorry']],
    beats: [
      [
        [
          '{a}：对不起，我把你的{thing.bare}弄坏了。',
          '{a}: I am sorry. I broke your {thing.bare}.',
        ],
        [
          '{a}：真不好意思，我来晚了，让你等了{minutes}分钟。',
          '{a}: I am so sorry that I am late. You had to wait {minutes} minutes.',
        ],
      ],
      [
        ['{b}：没关系，你没事吧？', '{b}: Never mind. Are you all right?'],
        ['{b}：别放在心上，这不是什么大事。', '{b}: Do not worry, it is nothing serious.'],
      ],
      [
        ['{a}：下次我一定小心。', '{a}: Next time I will be careful.'],
        ['{a}：我请你吃{ofood}，算是赔礼。', '{a}: Let me treat you to {ofood} to make up for it.'],
      ],
      [
        ['{b}：好朋友之间，不用这么客气。', '{b}: There is no need for that between friends.'],
        ['{b}：你肯说出来，我就很高兴了。', '{b}: I am glad that you told me.'],
      ],
    ],
  },
  {
    id: 'dialogue/doctor',
    titles: [['看医生', 'Seeing the Doctor']],
    beats: [
      [
        ['医生：你好，{a}，哪里不舒服？', 'Doctor: Hello, {a}. What is the matter?'],
        ['医生：请坐。怎么了？', 'Doctor: Please sit down. What can I do for you?'],
      ],
      [
        ['{a}：我头疼，还有点儿咳嗽。', '{a}: My head hurts, and I have a cough.'],
        [
          '{a}：昨天淋了雨，今天早上起来嗓子疼。',
          '{a}: I got wet in the rain yesterday, and this morning my throat hurts.',
        ],
        [
          '{a}：我吃了太多{a.food}，肚子疼。',
          '{a}: I ate too much {a.food}, and now my stomach hurts.',
        ],
      ],
      [
        [
          '医生：让我看看。不要紧，休息两天就好了。',
          'Doctor: Let me see. It is nothing serious. Rest for two days.',
        ],
        [
          '医生：张开嘴。嗯，多喝水，早点儿睡觉。',
          'Doctor: Open your mouth. Well, drink much water and go to bed early.',
        ],
      ],
      [
        [
          '{a}：我还能去{a.hobby}吗？\n医生：过几天再去吧。',
          '{a}: May I still go on with {a.hobby-ing}?\nDoctor: Not for some days.',
        ],
        [
          '{a}：要吃药吗？\n医生：这种药一天吃三次，饭后吃。',
          '{a}: Do I need medicine?\nDoctor: Take this three times a day, after meals.',
        ],
      ],
      [
        [
          '{a}：谢谢医生。\n医生：祝你早日康复。',
          '{a}: Thank you, doctor.\nDoctor: I hope you will soon be well.',
        ],
      ],
    ],
  },
  {
    id: 'dialogue/pets',
    titles: [['说说{pet.bare}', 'About a {Pet.bare}']],
    beats: [
      [
        ['{c}：听说你养了{pet.one}？', '{c}: I hear that you have a {pet.bare}.'],
        ['{c}：这是你的{pet.bare}吗？真可爱！', '{c}: Is this your {pet.bare}? How lovely!'],
      ],
      [
        [
          '{a}：是啊，养了{few}年了，像家里人一样。',
          '{a}: Yes, I have had it for {few} years. It is one of the family.',
        ],
        ['{a}：对，它是我最好的伙伴。', '{a}: Yes, it is my best companion.'],
      ],
      [
        [
          '{c}：它平时吃什么？\n{a}：它爱吃{pet.eats}。',
          '{c}: What does it eat?\n{a}: It likes {pet.eats}.',
        ],
        [
          '{c}：它有什么本领？\n{a}：它会{pet.can}。',
          '{c}: What can it do?\n{a}: It can {pet.can}.',
        ],
      ],
      [
        [
          '{c}：我也想养一只。\n{a}：那可要有耐心，天天都得照顾它。',
          '{c}: I would like to have one too.\n{a}: Then you need patience. It wants care every day.',
        ],
        [
          '{c}：我可以摸摸它吗？\n{a}：当然可以，轻一点儿就好。',
          '{c}: May I touch it?\n{a}: Of course, if you are gentle.',
        ],
      ],
    ],
  },
];
