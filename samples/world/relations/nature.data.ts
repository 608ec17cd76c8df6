import type { Relation } from './relation.ts';

export const animalRelations: readonly Relation[] = [
  {
    name: 'class',
    zh: {
      statements: ['{s}是{v}。', '{s}是一种{v}。', '{s}属于{v}这一类。'],
      questions: [
        '{n}是什么动物？',
        '{n}属于哪一类动物？',
        '{n}是哪种动物？',
        '你知道{n}属于哪一类吗？',
      ],
      heldOutQuestion: '动物书把{n}归在哪一类？',
    },
    en: {
      statements: ['{s} is {av}.', '{many} are {vs}.', '{s} belongs to the {vs}.'],
      questions: [
        'What kind of animal is {n}?',
        'To which group of animals does {n} belong?',
        'What are {many}?',
        'Do you know what kind of animal {n} is?',
      ],
      heldOutQuestion: 'Under which heading would a book of animals list {n}?',
      answer: '{av}',
    },
  },
  {
    name: 'eats',
    zh: {
      statements: ['{s}吃{v}。', '{s}的食物是{v}。', '{s}靠{v}为生。'],
      questions: ['{n}吃什么？', '{n}的食物是什么？', '{n}靠什么为生？', '你知道{n}吃什么吗？'],
      heldOutQuestion: '{n}饿了会找什么？',
    },
    en: {
      statements: ['{s} eats {v}.', '{many} feed on {v}.', '{many} eat {v}.'],
      questions: [
        'What does {n} eat?',
        'What do {many} eat?',
        'What is the food of {n}?',
        'Do you know what {many} eat?',
      ],
      heldOutQuestion: 'What does a hungry {bare} look for?',
    },
  },
  {
    name: 'home',
    zh: {
      statements: ['{s}住在{v}。', '{s}生活在{v}。', '在{v}可以看到{n}。'],
      questions: [
        '{n}住在哪里？',
        '{n}生活在什么地方？',
        '在哪里可以看到{n}？',
        '你知道{n}住在哪里吗？',
      ],
      heldOutQuestion: '要找{n}，得去什么地方？',
    },
    en: {
      statements: ['{s} lives {v}.', '{many} live {v}.', 'You can find {many} {v}.'],
      questions: [
        'Where does {n} live?',
        'Where do {many} live?',
        'Where can you find {many}?',
        'Do you know where {many} live?',
      ],
      heldOutQuestion: 'Where should we go to meet {one}?',
    },
  },
  {
    name: 'cover',
    zh: {
      statements: ['{s}身上有{v}。', '{s}的身体外面是{v}。', '摸一摸{n}，能摸到{v}。'],
      questions: [
        '{n}身上有什么？',
        '{n}的身体外面是什么？',
        '摸一摸{n}，会摸到什么？',
        '你知道{n}的身上长着什么吗？',
      ],
      heldOutQuestion: '{n}穿着一件什么样的“衣服”？',
    },
    en: {
      statements: ['{s} has {v}.', 'The body of {n} is covered with {v}.', '{many} have {v}.'],
      questions: [
        'What covers the body of {n}?',
        'What are {many} covered with?',
        'What is on the body of {n}?',
        'Do you know what covers the body of {n}?',
      ],
      heldOutQuestion: 'What would you feel if you touched {one}?',
    },
  },
  {
    name: 'legs',
    zh: {
      statements: ['{s}有{v}。', '{s}长着{v}。', '数一数，{n}有{v}。'],
      questions: [
        '{n}有几条腿？',
        '{n}长着几条腿？',
        '数一数，{n}有几条腿？',
        '你知道{n}有几条腿吗？',
      ],
      heldOutQuestion: '画{n}的时候，要画几条腿？',
    },
    en: {
      statements: ['{s} has {v}.', '{many} have {v}.', '{s} walks on {v}.'],
      questions: [
        'How many legs does {n} have?',
        'How many legs do {many} have?',
        'On how many legs does {n} walk?',
        'Do you know how many legs {n} has?',
      ],
      heldOutQuestion: 'If you draw {one}, how many legs must you draw?',
    },
  },
  {
    name: 'colour',
    zh: {
      statements: ['{s}的颜色是{v}。', '{s}是{v}的。', '{n}大多是{v}的。'],
      questions: [
        '{n}是什么颜色的？',
        '{n}的颜色是什么？',
        '{n}大多是什么颜色？',
        '你知道{n}是什么颜色的吗？',
      ],
      heldOutQuestion: '画{n}要用什么颜色？',
    },
    en: {
      statements: ['{s} is {v}.', 'Most {many} are {v}.', 'The colour of {n} is {v}.'],
      questions: [
        'What colour is {n}?',
        'What colour are {many}?',
        'What is the colour of {n}?',
        'Do you know what colour {n} is?',
      ],
      heldOutQuestion: 'Which colour would you take to paint {one}?',
    },
  },
  {
    name: 'can',
    zh: {
      statements: ['{s}会{v}。', '{s}有个本领，就是{v}。', '{s}很会{v}。'],
      questions: ['{n}会做什么？', '{n}有什么本领？', '{n}最会做什么？', '你知道{n}有什么本领吗？'],
      heldOutQuestion: '{n}有什么了不起的地方？',
    },
    en: {
      statements: ['{s} can {v}.', '{many} can {v}.', '{s} knows how to {v}.'],
      questions: [
        'What can {n} do?',
        'What can {many} do?',
        'What does {n} know how to do?',
        'Do you know what {many} can do?',
      ],
      heldOutQuestion: 'What is the special skill of {n}?',
    },
  },
];

export const fruitRelations: readonly Relation[] = [
  {
    name: 'colour',
    zh: {
      statements: ['{n}熟了是{v}的。', '{s}的颜色是{v}。', '熟透的{n}是{v}的。'],
      questions: [
        '{n}是什么颜色的？',
        '{n}熟了是什么颜色？',
        '{n}的颜色是什么？',
        '你知道熟透的{n}是什么颜色吗？',
      ],
      heldOutQuestion: '画一个{n}要用什么颜色？',
    },
    en: {
      statements: [
        '{s} is {v} when it is ripe.',
        'Ripe {many} are {v}.',
        'The colour of {n} is {v}.',
      ],
      questions: [
        'What colour is {n}?',
        'What colour are ripe {many}?',
        'What is the colour of {n}?',
        'Do you know what colour {n} is?',
      ],
      heldOutQuestion: 'Which colour would you take to paint a ripe {bare}?',
    },
  },
  {
    name: 'taste',
    zh: {
      statements: ['{s}的味道是{v}的。', '{s}吃起来是{v}的。', '尝一口{n}，是{v}的。'],
      questions: [
        '{n}是什么味道？',
        '{n}吃起来是什么味道？',
        '{n}尝起来怎么样？',
        '你知道{n}是什么味道吗？',
      ],
      heldOutQuestion: '咬一口{n}，嘴里是什么味道？',
    },
    en: {
      statements: ['{s} tastes {v}.', '{many} taste {v}.', 'A ripe {bare} is {v}.'],
      questions: [
        'How does {n} taste?',
        'What do {many} taste like?',
        'What is the taste of {n}?',
        'Do you know how {many} taste?',
      ],
      heldOutQuestion: 'What do you taste when you bite into {one}?',
    },
  },
  {
    name: 'season',
    zh: {
      statements: ['{s}在{v}成熟。', '{v}是吃{n}的好时候。', '一到{v}，{n}就熟了。'],
      questions: [
        '{n}什么时候成熟？',
        '什么季节能吃到新鲜的{n}？',
        '{n}在哪个季节成熟？',
        '你知道{n}什么时候熟吗？',
      ],
      heldOutQuestion: '该在什么季节去摘{n}？',
    },
    en: {
      statements: ['{s} ripens in {v}.', '{many} are ripe in {v}.', '{many} are best in {v}.'],
      questions: [
        'When does {n} ripen?',
        'When are {many} ripe?',
        'In which season does {n} ripen?',
        'Do you know when {many} are ripe?',
      ],
      heldOutQuestion: 'When should we go and pick {many}?',
      answer: 'in {v}',
    },
  },
  {
    name: 'grows',
    zh: {
      statements: ['{s}长在{v}。', '人们从{v}摘{n}。', '{s}结在{v}。'],
      questions: [
        '{n}长在哪里？',
        '人们从哪里摘{n}？',
        '{n}结在什么地方？',
        '你知道{n}长在哪里吗？',
      ],
      heldOutQuestion: '要摘{n}，该往哪里看？',
    },
    en: {
      statements: ['{s} grows {v}.', '{many} grow {v}.', 'You can find {many} {v}.'],
      questions: [
        'Where does {n} grow?',
        'Where do {many} grow?',
        'Where can you find {many}?',
        'Do you know where {many} grow?',
      ],
      heldOutQuestion: 'Where must you look if you want to pick {many}?',
    },
  },
];

export const seasonRelations: readonly Relation[] = [
  {
    name: 'months',
    zh: {
      statements: ['{v}是{n}。', '{s}是{v}。', '人们把{v}叫作{n}。'],
      questions: [
        '{n}是几月到几月？',
        '哪几个月是{n}？',
        '{n}有哪几个月？',
        '你知道{n}是哪几个月吗？',
      ],
      heldOutQuestion: '日历翻到哪几个月就是{n}了？',
    },
    en: {
      statements: ['{s} lasts {v}.', '{s} runs {v}.', '{v}, it is {n}.'],
      questions: [
        'Which months are {n}?',
        'How long does {n} last?',
        'When is {n}?',
        'Do you know which months are {n}?',
      ],
      heldOutQuestion: 'On which pages of the calendar do we find {n}?',
    },
  },
  {
    name: 'weather',
    zh: {
      statements: ['{n}天气{v}。', '{s}的天气很{v}。', '到了{n}，天气就变得{v}了。'],
      questions: [
        '{n}的天气怎么样？',
        '{n}是冷还是热？',
        '到了{n}，天气会怎样？',
        '你知道{n}的天气怎么样吗？',
      ],
      heldOutQuestion: '{n}出门会感到怎样的天气？',
    },
    en: {
      statements: [
        '{s} is {v}.',
        'The weather in {n} is {v}.',
        'When {n} comes, the days are {v}.',
      ],
      questions: [
        'What is the weather like in {n}?',
        'How is the weather in {n}?',
        'What are the days of {n} like?',
        'Do you know what the weather is like in {n}?',
      ],
      heldOutQuestion: 'What weather should we expect in {n}?',
    },
  },
  {
    name: 'flower',
    zh: {
      statements: ['{v}在{n}开放。', '{n}开的花是{v}。', '{n}一到，{v}就开了。'],
      questions: [
        '{n}开什么花？',
        '什么花在{n}开放？',
        '{n}能看到什么花？',
        '你知道{n}开什么花吗？',
      ],
      heldOutQuestion: '{n}去赏花，能赏到什么？',
    },
    en: {
      statements: [
        'In {n}, {v} opens.',
        'The flower of {n} is {v}.',
        'When {n} comes, we see {v}.',
      ],
      questions: [
        'Which flower opens in {n}?',
        'What is the flower of {n}?',
        'Which flower can we see in {n}?',
        'Do you know which flower opens in {n}?',
      ],
      heldOutQuestion: 'Which flower would you look for in a garden in {n}?',
    },
  },
];

export const thingRelations: readonly Relation[] = [
  {
    name: 'use',
    zh: {
      statements: ['{s}用来{v}。', '有了{n}，就可以{v}。', '人们用{n}{v}。'],
      questions: [
        '{n}有什么用？',
        '{n}是用来做什么的？',
        '人们用{n}做什么？',
        '你知道{n}有什么用吗？',
      ],
      heldOutQuestion: '什么时候要找{n}来帮忙？',
      answer: '{v}',
    },
    en: {
      statements: ['{s} is used to {v}.', 'With {n} you can {v}.', 'People use {n} to {v}.'],
      questions: [
        'What is {n} for?',
        'What is {n} used for?',
        'What do people do with {n}?',
        'Do you know what {n} is for?',
      ],
      heldOutQuestion: 'Why would anyone want {n}?',
      answer: 'to {v}',
    },
  },
  {
    name: 'material',
    zh: {
      statements: ['{s}是用{v}做的。', '{v}可以做{n}。', '做{n}要用{v}。'],
      questions: [
        '{n}是用什么做的？',
        '做{n}要用什么？',
        '什么可以做{n}？',
        '你知道{n}是用什么做的吗？',
      ],
      heldOutQuestion: '手艺人拿什么来做{n}？',
    },
    en: {
      statements: ['{s} is made of {v}.', 'People make {n} from {v}.', 'It takes {v} to make {n}.'],
      questions: [
        'What is {n} made of?',
        'What do people make {n} from?',
        'What does it take to make {n}?',
        'Do you know what {n} is made of?',
      ],
      heldOutQuestion: 'What must be at hand before anyone can make {n}?',
    },
  },
];
