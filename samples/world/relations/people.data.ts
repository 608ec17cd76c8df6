import type { Relation } from './relation.ts';

export const personRelations: readonly Relation[] = [
  {
    name: 'home',
    zh: {
      statements: ['{s}住在{v}。', '{s}的家在{v}。', '{s}在{v}生活，很喜欢那里。'],
      questions: [
        '{n}住在哪里？',
        '{n}的家在哪里？',
        '{n}在哪个城市生活？',
        '你知道{n}住在哪个城市吗？',
      ],
      heldOutQuestion: '请问{n}家在何处？',
    },
    en: {
      statements: [
        '{s} lives in {v}.',
        '{ss} home is in {v}.',
        '{s} lives in {v} and likes it there.',
      ],
      questions: [
        'Where does {n} live?',
        'Where is {ss} home?',
        'In which city does {n} live?',
        'Do you know where {n} lives?',
      ],
      heldOutQuestion: 'Which city does {n} call home?',
    },
  },
  {
    name: 'trade',
    zh: {
      statements: ['{s}是{av}。', '{s}的职业是{v}。', '{s}当{v}已经很多年了。'],
      questions: [
        '{n}是做什么工作的？',
        '{n}的职业是什么？',
        '{n}从事什么职业？',
        '你知道{n}做什么工作吗？',
      ],
      heldOutQuestion: '{n}靠什么谋生？',
    },
    en: {
      statements: ['{s} is {av}.', '{s} works as {av}.', '{s} has been {av} for many years.'],
      questions: [
        'What does {n} do for a living?',
        'What is {ss} job?',
        'What kind of work does {n} do?',
        'Do you know what {n} does for work?',
      ],
      heldOutQuestion: 'What trade does {n} follow?',
      answer: '{av}',
    },
  },
  {
    name: 'pet',
    zh: {
      statements: ['{s}养了{av}。', '{s}家里有{av}。', '{s}的宠物是{av}。'],
      questions: [
        '{n}养了什么宠物？',
        '{n}的宠物是什么？',
        '{n}家里养着什么动物？',
        '你知道{n}养的是什么动物吗？',
      ],
      heldOutQuestion: '陪伴{n}的是什么动物？',
      answer: '{av}',
    },
    en: {
      statements: ['{s} keeps {av} as a pet.', '{s} has a pet {v}.', '{ss} pet is {av}.'],
      questions: [
        'What pet does {n} have?',
        'What is {ss} pet?',
        'Which animal does {n} keep at home?',
        'Do you know what kind of pet {n} has?',
      ],
      heldOutQuestion: 'What animal keeps {n} company?',
      answer: '{av}',
    },
  },
  {
    name: 'hobby',
    zh: {
      statements: ['{s}喜欢{v}。', '{s}的爱好是{v}。', '有空的时候，{s}常常{v}。'],
      questions: [
        '{n}有什么爱好？',
        '{n}的爱好是什么？',
        '{n}有空的时候喜欢做什么？',
        '你知道{n}喜欢做什么吗？',
      ],
      heldOutQuestion: '{n}闲下来爱做什么？',
    },
    en: {
      statements: [
        '{s} likes {ving}.',
        '{ss} hobby is {ving}.',
        'In {his} free time, {s} likes to {v}.',
      ],
      questions: [
        'What is {ss} hobby?',
        'What does {n} like doing?',
        'What does {n} like to do in {his} free time?',
        'Do you know what {n} likes to do?',
      ],
      heldOutQuestion: 'How does {n} enjoy a free afternoon?',
      answer: '{ving}',
    },
  },
  {
    name: 'food',
    zh: {
      statements: ['{s}最爱吃{v}。', '{s}最喜欢的食物是{v}。', '{s}天天吃{v}也不腻。'],
      questions: [
        '{n}最爱吃什么？',
        '{n}最喜欢的食物是什么？',
        '{n}喜欢吃什么？',
        '你知道{n}最爱吃什么吗？',
      ],
      heldOutQuestion: '想请{n}吃饭，该点什么？',
    },
    en: {
      statements: [
        '{ss} favourite food is {v}.',
        '{s} loves to eat {v}.',
        '{s} could eat {v} every day.',
      ],
      questions: [
        'What is {ss} favourite food?',
        'What does {n} love to eat?',
        'What food does {n} like best?',
        'Do you know what {n} likes to eat?',
      ],
      heldOutQuestion: 'What should we cook if {n} comes to dinner?',
    },
  },
  {
    name: 'season',
    zh: {
      statements: ['{s}最喜欢{v}。', '{s}最喜欢的季节是{v}。', '一年四季里，{s}最爱{v}。'],
      questions: [
        '{n}最喜欢哪个季节？',
        '一年四季里，{n}最爱哪一个？',
        '{n}喜欢什么季节？',
        '你知道{n}最喜欢哪个季节吗？',
      ],
      heldOutQuestion: '春夏秋冬，{n}偏爱哪一季？',
    },
    en: {
      statements: [
        '{ss} favourite season is {v}.',
        '{s} likes {v} best of all the seasons.',
        'Of the four seasons, {s} loves {v} most.',
      ],
      questions: [
        'What is {ss} favourite season?',
        'Which season does {n} like best?',
        'Which of the four seasons does {n} love most?',
        'Do you know which season {n} likes best?',
      ],
      heldOutQuestion: 'What time of the year makes {n} happiest?',
    },
  },
  {
    name: 'birthday',
    zh: {
      statements: ['{s}的生日在{v}。', '{s}是{v}出生的。', '每年{v}，{s}都过生日。'],
      questions: [
        '{n}的生日在几月？',
        '{n}是几月出生的？',
        '{n}哪个月过生日？',
        '你知道{n}几月过生日吗？',
      ],
      heldOutQuestion: '该在哪个月给{n}准备生日礼物？',
    },
    en: {
      statements: [
        '{ss} birthday is in {v}.',
        '{s} was born in {v}.',
        '{s} celebrates {his} birthday in {v}.',
      ],
      questions: [
        'In which month is {ss} birthday?',
        'In which month was {n} born?',
        'When does {n} celebrate {his} birthday?',
        'Do you know in which month {n} was born?',
      ],
      heldOutQuestion: 'In which month should we have a birthday present ready for {n}?',
      answer: 'in {v}',
    },
  },
  {
    name: 'friend',
    zh: {
      statements: ['{s}最好的朋友是{v}。', '{s}和{v}是最好的朋友。', '{s}有一个好朋友，名叫{v}。'],
      questions: [
        '{n}最好的朋友是谁？',
        '谁是{n}的好朋友？',
        '{n}和谁最要好？',
        '你知道{n}最好的朋友是谁吗？',
      ],
      heldOutQuestion: '{n}有心事的时候会找谁？',
    },
    en: {
      statements: [
        '{ss} best friend is {v}.',
        '{s} and {v} are best friends.',
        '{s} has a good friend called {v}.',
      ],
      questions: [
        'Who is {ss} best friend?',
        'Who is the best friend of {n}?',
        'With whom is {n} good friends?',
        'Do you know who {ss} best friend is?',
      ],
      heldOutQuestion: 'To whom does {n} go when something is wrong?',
    },
  },
];

export const tradeRelations: readonly Relation[] = [
  {
    name: 'workplace',
    zh: {
      statements: ['{s}在{v}工作。', '想找{n}，就去{v}看看。', '{s}工作的地方就在{v}。'],
      questions: [
        '{n}在哪里工作？',
        '在哪里能找到{n}？',
        '{n}在什么地方干活？',
        '你知道{n}在哪里工作吗？',
      ],
      heldOutQuestion: '{n}每天去哪儿上班？',
    },
    en: {
      statements: ['{s} works {v}.', '{many} work {v}.', 'You will find {n} {v}.'],
      questions: [
        'Where does {n} work?',
        'Where can you find {n}?',
        'Where do {many} work?',
        'Do you know where {n} works?',
      ],
      heldOutQuestion: 'Where does {n} spend the working day?',
    },
  },
  {
    name: 'tool',
    zh: {
      statements: ['{s}干活要用{v}。', '{s}的工具是{v}。', '{s}离不开{v}。'],
      questions: [
        '{n}干活用什么？',
        '{n}的工具是什么？',
        '{n}离不开什么工具？',
        '你知道{n}用什么工具吗？',
      ],
      heldOutQuestion: '{n}手边最要紧的是什么？',
    },
    en: {
      statements: [
        '{s} works with {av}.',
        'The tool of {n} is {av}.',
        '{s} cannot work without {av}.',
      ],
      questions: [
        'What does {n} work with?',
        'What is the tool of {n}?',
        'Which tool does {n} need?',
        'Do you know what tool {n} uses?',
      ],
      heldOutQuestion: 'What does {n} always keep at hand?',
      answer: '{av}',
    },
  },
  {
    name: 'task',
    zh: {
      statements: ['{s}的工作是{v}。', '{s}每天忙着{v}。', '{v}是{n}的本行。'],
      questions: [
        '{n}的工作是什么？',
        '{n}每天忙什么？',
        '{n}是做什么的？',
        '你知道{n}做些什么吗？',
      ],
      heldOutQuestion: '人们请{n}来做什么？',
    },
    en: {
      statements: ['{s} {v3}.', '{many} {v}.', 'The work of {n} is {ving}.'],
      questions: [
        'What does {n} do?',
        'What is the work of {n}?',
        'What do {many} do all day?',
        'Do you know what {n} does?',
      ],
      heldOutQuestion: 'For what do people call {n}?',
      answer: '{ving}',
    },
  },
];
