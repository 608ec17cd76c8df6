import type { Relation } from './relation.ts';

export const placeRelations: readonly Relation[] = [
  {
    name: 'province',
    zh: {
      statements: ['{s}在{v}。', '{n}是{v}的一座城市。', '{s}位于{v}。'],
      questions: [
        '{n}在哪个省？',
        '{n}是哪个省的城市？',
        '{n}位于哪个省？',
        '你知道{n}在哪个省吗？',
      ],
      heldOutQuestion: '给{n}写信，信封上写哪个省？',
    },
    en: {
      statements: ['{s} is in {v}.', '{n} is a city in {v}.', '{s} lies in {v}.'],
      questions: [
        'In which province is {n}?',
        'Which province is {n} in?',
        'To which province does {n} belong?',
        'Do you know which province {n} is in?',
      ],
      heldOutQuestion: 'Which province do you write on a letter to {n}?',
    },
  },
  {
    name: 'part',
    zh: {
      statements: ['{s}在中国的{v}。', '{s}位于中国{v}。', '{n}是中国{v}的城市。'],
      questions: [
        '{n}在中国的哪一部分？',
        '{n}位于中国的什么地方？',
        '{n}在中国的哪个方向？',
        '你知道{n}在中国的哪一边吗？',
      ],
      heldOutQuestion: '在地图上，该往中国的哪一边找{n}？',
    },
    en: {
      statements: [
        '{s} is in the {v} of China.',
        '{s} lies in the {v} of China.',
        '{n} is a city in the {v} of China.',
      ],
      questions: [
        'Which part of China is {n} in?',
        'In which part of China does {n} lie?',
        'Where in China is {n}?',
        'Do you know which part of China {n} is in?',
      ],
      heldOutQuestion: 'Looking at a map of China, where would you find {n}?',
      answer: 'in the {v}',
    },
  },
  {
    name: 'sight',
    zh: {
      statements: ['{n}最有名的地方是{v}。', '来{n}的人都要看看{v}。', '{v}就在{n}。'],
      questions: [
        '{n}最有名的地方是哪里？',
        '到{n}应该去哪里看看？',
        '{n}有什么名胜？',
        '我想去{n}玩，应该去哪儿？',
      ],
      heldOutQuestion: '在{n}只有一天，最该去看什么？',
    },
    en: {
      statements: [
        'The most famous sight in {n} is {v}.',
        'Visitors to {n} all want to see {v}.',
        '{s} is famous for {v}.',
      ],
      questions: [
        'What is the most famous sight in {n}?',
        'What should I see in {n}?',
        'Which sight is {n} famous for?',
        'I want to visit {n}. Where should I go?',
      ],
      heldOutQuestion: 'With only one day in {n}, what should nobody miss?',
    },
  },
  {
    name: 'dish',
    zh: {
      statements: ['{n}的名菜是{v}。', '到了{n}，一定要尝尝{v}。', '{n}人爱吃{v}。'],
      questions: [
        '{n}的名菜是什么？',
        '到{n}应该吃什么？',
        '{n}有什么好吃的？',
        '你知道{n}人爱吃什么吗？',
      ],
      heldOutQuestion: '在{n}下馆子，该点哪道菜？',
    },
    en: {
      statements: [
        'The best-known dish of {n} is {v}.',
        'Anyone who comes to {n} should try {v}.',
        'People in {n} like to eat {v}.',
      ],
      questions: [
        'What is the best-known dish of {n}?',
        'What should I eat in {n}?',
        'What food is {n} known for?',
        'Do you know what people in {n} like to eat?',
      ],
      heldOutQuestion: 'What would a cook from {n} put on the table?',
    },
  },
  {
    name: 'river',
    zh: {
      statements: ['{v}流过{n}。', '{s}在{v}边上。', '{n}人常在{v}边散步。'],
      questions: [
        '哪条江河流过{n}？',
        '{n}在哪条江河边上？',
        '流过{n}的江河叫什么名字？',
        '你知道{n}有哪条江河吗？',
      ],
      heldOutQuestion: '站在{n}的桥上，脚下是哪条江河？',
    },
    en: {
      statements: [
        '{v} flows through {n}.',
        '{s} stands on {v}.',
        'People in {n} like to walk along {v}.',
      ],
      questions: [
        'Which river flows through {n}?',
        'What is the river of {n} called?',
        'On which river does {n} stand?',
        'Do you know which river flows through {n}?',
      ],
      heldOutQuestion: 'Standing on a bridge in {n}, which river do you see?',
    },
  },
  {
    name: 'flower',
    zh: {
      statements: ['{n}的市花是{v}。', '{n}到处能看到{v}。', '{n}人喜爱{v}。'],
      questions: [
        '{n}的市花是什么？',
        '什么花是{n}的市花？',
        '{n}人喜爱什么花？',
        '你知道{n}的市花是什么吗？',
      ],
      heldOutQuestion: '{n}选了哪种花来代表自己？',
    },
    en: {
      statements: [
        'The city flower of {n} is {v}.',
        'People in {n} love {v}.',
        '{n} has chosen {v} as its flower.',
      ],
      questions: [
        'What is the city flower of {n}?',
        'Which flower is the flower of {n}?',
        'Which flower do people in {n} love?',
        'Do you know the city flower of {n}?',
      ],
      heldOutQuestion: 'Which flower stands for the city of {n}?',
    },
  },
  {
    name: 'product',
    zh: {
      statements: ['{n}出产有名的{v}。', '{n}的{v}很有名。', '从{n}带回来的礼物常常是{v}。'],
      questions: [
        '{n}出产什么？',
        '{n}的特产是什么？',
        '从{n}可以带什么礼物回来？',
        '你知道{n}的特产是什么吗？',
      ],
      heldOutQuestion: '去{n}做买卖的人会买什么回来？',
    },
    en: {
      statements: [
        '{s} is known for its {v}.',
        'Travellers bring {v} home from {n}.',
        'A good present from {n} is {v}.',
      ],
      questions: [
        'What is {n} known for making?',
        'What is the special product of {n}?',
        'What can I bring home from {n}?',
        'Do you know what is made in {n}?',
      ],
      heldOutQuestion: 'What would a trader buy in {n}?',
    },
  },
];

export const countryRelations: readonly Relation[] = [
  {
    name: 'capital',
    zh: {
      statements: ['{s}的首都是{v}。', '{v}是{n}的首都。', '到{n}旅行的人，多半先到首都{v}。'],
      questions: [
        '{n}的首都是哪里？',
        '{n}的首都叫什么？',
        '哪个城市是{n}的首都？',
        '你知道{n}的首都是哪里吗？',
      ],
      heldOutQuestion: '{n}把首都定在哪座城市？',
    },
    en: {
      statements: [
        'The capital of {n} is {v}.',
        '{v} is the capital of {n}.',
        '{ss} capital is {v}.',
      ],
      questions: [
        'What is the capital of {n}?',
        'Which city is the capital of {n}?',
        'What is {ss} capital called?',
        'Do you know the capital of {n}?',
      ],
      heldOutQuestion: 'From which city is {n} governed?',
    },
  },
  {
    name: 'language',
    zh: {
      statements: ['{n}人说{v}。', '{s}的语言是{v}。', '在{n}，人们说{v}。'],
      questions: [
        '{n}人说什么语言？',
        '{n}的语言是什么？',
        '在{n}，人们说什么话？',
        '你知道{n}人说什么语言吗？',
      ],
      heldOutQuestion: '去{n}以前，该学哪种语言？',
    },
    en: {
      statements: [
        'People in {n} speak {v}.',
        'The language of {n} is {v}.',
        'In {n}, people talk to each other in {v}.',
      ],
      questions: [
        'What language do people speak in {n}?',
        'What is the language of {n}?',
        'Which language is spoken in {n}?',
        'Do you know what language they speak in {n}?',
      ],
      heldOutQuestion: 'Which language should you learn before you go to {n}?',
    },
  },
];

export const festivalRelations: readonly Relation[] = [
  {
    name: 'time',
    zh: {
      statements: ['{s}在{v}。', '每年{v}，人们过{n}。', '{v}是{n}。'],
      questions: [
        '{n}在什么时候？',
        '{n}是哪一天？',
        '人们什么时候过{n}？',
        '你知道{n}在什么时候吗？',
      ],
      heldOutQuestion: '翻到日历的哪一页能找到{n}？',
    },
    en: {
      statements: ['{s} falls {v}.', 'People celebrate {n} {v}.', '{s} comes every year {v}.'],
      questions: [
        'When is {n}?',
        'When do people celebrate {n}?',
        'On what date does {n} fall?',
        'Do you know when {n} is?',
      ],
      heldOutQuestion: 'When should we get ready for {n}?',
    },
  },
  {
    name: 'food',
    zh: {
      statements: ['{n}要吃{v}。', '过{n}的时候，家家吃{v}。', '{s}的传统食物是{v}。'],
      questions: [
        '{n}吃什么？',
        '过{n}的时候人们吃什么？',
        '{n}的传统食物是什么？',
        '你知道{n}要吃什么吗？',
      ],
      heldOutQuestion: '{n}那天，厨房里在做什么吃的？',
    },
    en: {
      statements: [
        'At {n} people eat {v}.',
        'The traditional food of {n} is {v}.',
        'There is no {bare} without {v}.',
      ],
      questions: [
        'What do people eat at {n}?',
        'What is the traditional food of {n}?',
        'Which food belongs to {n}?',
        'Do you know what people eat at {n}?',
      ],
      heldOutQuestion: 'What will be cooking in the kitchen at {n}?',
    },
  },
  {
    name: 'custom',
    zh: {
      statements: ['过{n}，人们{v}。', '{s}的习俗是{v}。', '一到{n}，大家就{v}。'],
      questions: [
        '{n}有什么习俗？',
        '过{n}的时候人们做什么？',
        '{n}的习俗是什么？',
        '你知道{n}人们做什么吗？',
      ],
      heldOutQuestion: '{n}那天，跟着大家去做什么？',
    },
    en: {
      statements: [
        'At {n} people {v}.',
        'The custom of {n} is to {v}.',
        'When {n} comes, families {v}.',
      ],
      questions: [
        'What do people do at {n}?',
        'What is the custom of {n}?',
        'What do families do when {n} comes?',
        'Do you know what people do at {n}?',
      ],
      heldOutQuestion: 'How would you spend {n} with a Chinese family?',
      answer: '{v}',
    },
  },
];

export const poemRelations: readonly Relation[] = [
  {
    name: 'author',
    zh: {
      statements: ['{s}的作者是{v}。', '{n}是{v}写的。', '{v}写了{n}。'],
      questions: ['{n}的作者是谁？', '{n}是谁写的？', '谁写了{n}？', '你知道{n}是哪位诗人写的吗？'],
      heldOutQuestion: '读{n}的时候，我们在读哪位诗人？',
    },
    en: {
      statements: ['{s} was written by {v}.', '{v} wrote {n}.', 'The author of {n} is {v}.'],
      questions: [
        'Who wrote {n}?',
        'Who is the author of {n}?',
        'By whom was {n} written?',
        'Do you know which poet wrote {n}?',
      ],
      heldOutQuestion: 'Whose poem is {n}?',
    },
  },
  {
    name: 'opening',
    zh: {
      statements: ['{s}的第一句是“{v}”。', '{n}开头写道：“{v}”。', '“{v}”是{n}的第一句。'],
      questions: [
        '{n}的第一句是什么？',
        '{n}开头是怎么写的？',
        '背一背{n}的第一句。',
        '你知道{n}的第一句吗？',
      ],
      heldOutQuestion: '{n}从哪一句说起？',
      answer: '“{v}”',
    },
    en: {
      statements: [
        'The first line of {n} is "{v}".',
        '{s} begins with the line "{v}".',
        '"{v}" is the first line of {n}.',
      ],
      questions: [
        'What is the first line of {n}?',
        'How does {n} begin?',
        'With which line does {n} begin?',
        'Do you know the first line of {n}?',
      ],
      heldOutQuestion: 'How would you start reciting {n}?',
      answer: '"{v}"',
    },
  },
  {
    name: 'next',
    zh: {
      statements: [
        '“{line}”的下一句是“{v}”。',
        '“{line}”后面接“{v}”。',
        '上句是“{line}”，下句是“{v}”。',
      ],
      questions: [
        '“{line}”的下一句是什么？',
        '“{line}”后面接哪一句？',
        '请接下一句：“{line}”。',
        '你知道“{line}”的下一句吗？',
      ],
      heldOutQuestion: '有人念了“{line}”，你怎么接？',
      answer: '“{v}”',
    },
    en: {
      statements: [
        'After "{line}" comes "{v}".',
        'The line after "{line}" is "{v}".',
        '"{line}" is followed by "{v}".',
      ],
      questions: [
        'What comes after "{line}"?',
        'What is the line after "{line}"?',
        'Please continue: "{line}".',
        'Do you know the line after "{line}"?',
      ],
      heldOutQuestion: 'Someone recites "{line}". How do you go on?',
      answer: '"{v}"',
    },
  },
];

export const weekdayRelations: readonly Relation[] = [
  {
    name: 'next',
    zh: {
      statements: ['{s}的后一天是{v}。', '过了{n}就是{v}。', '今天是{n}，明天就是{v}。'],
      questions: [
        '{n}的后一天是星期几？',
        '过了{n}是星期几？',
        '今天是{n}，明天是星期几？',
        '你知道{n}后面是星期几吗？',
      ],
      heldOutQuestion: '{n}睡一觉醒来是星期几？',
    },
    en: {
      statements: [
        '{v} comes after {n}.',
        'The day after {n} is {v}.',
        'If today is {n}, tomorrow is {v}.',
      ],
      questions: [
        'Which day comes after {n}?',
        'What is the day after {n}?',
        'If today is {n}, what day is tomorrow?',
        'Do you know which day comes after {n}?',
      ],
      heldOutQuestion: 'You go to bed on {n}. On what day do you wake up?',
    },
  },
];

export const monthRelations: readonly Relation[] = [
  {
    name: 'next',
    zh: {
      statements: ['{s}的后一个月是{v}。', '过了{n}就是{v}。', '{n}过完，{v}就到了。'],
      questions: [
        '{n}的后一个月是几月？',
        '过了{n}是几月？',
        '{n}过完是几月？',
        '你知道{n}后面是几月吗？',
      ],
      heldOutQuestion: '把{n}那一页日历撕掉，下面是几月？',
    },
    en: {
      statements: [
        '{v} comes after {n}.',
        'The month after {n} is {v}.',
        'When {n} is over, {v} begins.',
      ],
      questions: [
        'Which month comes after {n}?',
        'What is the month after {n}?',
        'Which month begins when {n} is over?',
        'Do you know which month comes after {n}?',
      ],
      heldOutQuestion: 'Turn the page of {n}. Which month do you see?',
    },
  },
];

export const adjectiveRelations: readonly Relation[] = [
  {
    name: 'opposite',
    zh: {
      statements: [
        '“{n}”的反义词是“{v}”。',
        '“{n}”和“{v}”意思相反。',
        '“{n}”和“{v}”是一对反义词。',
      ],
      questions: [
        '“{n}”的反义词是什么？',
        '和“{n}”意思相反的词是什么？',
        '“{n}”的反面是什么？',
        '你知道“{n}”的反义词吗？',
      ],
      heldOutQuestion: '哪个词正好和“{n}”相反？',
      answer: '“{v}”',
    },
    en: {
      statements: [
        'The opposite of "{n}" is "{v}".',
        '"{n}" is the opposite of "{v}".',
        'What is not {n} may be {v}.',
      ],
      questions: [
        'What is the opposite of "{n}"?',
        'Which word is the opposite of "{n}"?',
        'What do we call a thing that is not {n}?',
        'Do you know the opposite of "{n}"?',
      ],
      heldOutQuestion: 'Which word says the reverse of "{n}"?',
      answer: '"{v}"',
    },
  },
];
