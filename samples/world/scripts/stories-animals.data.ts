import type { Script } from './script.ts';

/** Fables. `{x}` and `{y}` walk the earth, `{z}` is small enough to carry; see `slots.ts`. */
export const animalStories: readonly Script[] = [
  {
    id: 'story/boast',
    titles: [
      ['{x}和{y}', 'The {X.bare} and the {Y.bare}'],
      ['谁的本领大', 'Whose Skill Is Greater'],
    ],
    beats: [
      [
        [
          '{x}会{x.can}，心里很得意，见了谁都要夸自己几句。',
          '{x} could {x.can} and was so proud of it that it boasted to everyone it met.',
        ],
        [
          '从前，{x}遇见{y}，说：“我会{x.can}，你会什么？”',
          'Once {x} met {y} and said, "I can {x.can}. What can you do?"',
        ],
      ],
      [
        [
          '{y}低着头想了想，说：“我只会{y.can}。”',
          '{y} thought for a while and said, "I can only {y.can}."',
        ],
        [
          '{y}回答：“我会{y.can}，不过这没什么了不起。”',
          '{y} answered, "I can {y.can}, but that is nothing special."',
        ],
      ],
      [
        ['{x}笑了：“那有什么用？”', '{x} laughed. "What is the use of that?"'],
        ['{x}摇摇头，转身走了。', '{x} shook its head and turned away.'],
      ],
      [
        [
          '第二天，山里起了大火，大家都慌了。',
          'The next day a great fire broke out in the hills, and all were afraid.',
        ],
        [
          '没过几天，下了一场从来没有过的大雨。',
          'Some days later, a rain came such as nobody had ever seen.',
        ],
        ['就在这时，一个猎人走进了树林。', 'Just then, a hunter came into the wood.'],
      ],
      [
        [
          '这一回，{x}的本领帮不上忙，是{y}想出了办法。',
          'This time the skill of {x} was of no help, and it was {y} who found a way out.',
        ],
        [
          '{x}不知道该怎么办，{y}却不慌不忙，带着大家躲到了安全的地方。',
          '{x} did not know what to do, but {y} stayed calm and led all to a safe place.',
        ],
      ],
      [
        [
          '{x}红着脸说：“谢谢你，我以前太骄傲了。”',
          'With a red face {x} said, "Thank you. I was too proud."',
        ],
        ['从此，{x}再也不笑话别人了。', 'From then on, {x} never laughed at others again.'],
      ],
      [
        ['每一种本领都有用得着的时候。', 'There is a time when every skill is needed.'],
        [
          '这个故事告诉我们：别人有别人的长处。',
          'This story tells us that others have their own gifts.',
        ],
      ],
    ],
  },
  {
    id: 'story/winter-food',
    titles: [
      ['最后一口粮', 'The Last Bite'],
      ['冬天里的{x}', 'The {X.bare} in Winter'],
    ],
    beats: [
      [
        [
          '那年冬天特别冷，河面结了厚厚的冰。',
          'That winter was very cold, and thick ice lay on the river.',
        ],
        ['冬天来了，雪一连下了七天。', 'Winter came, and it snowed for seven days.'],
      ],
      [
        [
          '{x}找遍了每个角落，也没有找到吃的。{x}平时吃{x.eats}，可是现在什么也没有。',
          '{x} searched every corner and found no food. It used to eat {x.eats}, but now there was nothing.',
        ],
        [
          '{x}饿极了，在梦里都看见{x.eats}。',
          '{x} was so hungry that it saw {x.eats} even in its dreams.',
        ],
      ],
      [
        ['{y}住在{y.home}，听说了这件事。', '{y}, who lived {y.home}, heard of it.'],
        ['这时候，{y}从{y.home}慢慢走来。', 'Then {y} came slowly along. It lived {y.home}.'],
      ],
      [
        [
          '{y}说：“我还有一点儿吃的，我们一人一半。”',
          '"I have a little food left," said {y}. "Half is yours and half is mine."',
        ],
        [
          '{y}把自己藏着的粮食拿出来，放在{x}面前。',
          '{y} took out the food that it had hidden and put it before {x}.',
        ],
      ],
      [
        [
          '{x}不好意思地说：“可是我们以前并不是朋友。”',
          '{x} said shyly, "But we were never friends."',
        ],
        ['{x}问：“你不怕自己挨饿吗？”', '{x} asked, "Are you not afraid to go hungry yourself?"'],
      ],
      [
        [
          '“一起饿一点儿，总比一个人饿死好。”{y}说。',
          '"A little hunger for two is better than great hunger for one," said {y}.',
        ],
        ['{y}笑着说：“春天总会来的。”', '{y} smiled. "Spring will come," it said.'],
      ],
      [
        [
          '春天真的来了，它们一起坐在太阳底下，谁也没有忘记那个冬天。',
          'Spring did come. They sat in the sun together, and neither forgot that winter.',
        ],
        [
          '后来，只要{x}找到好吃的，就会给{y}留一半。',
          'Later, whenever {x} found something good, it kept half of it for {y}.',
        ],
      ],
    ],
  },
  {
    id: 'story/lost-child',
    titles: [
      ['小{x}迷路了', 'The Little {X.bare} Loses Its Way'],
      ['回家的路', 'The Way Home'],
    ],
    beats: [
      [
        [
          '小{x}追着一片落叶，越跑越远，找不到家了。',
          'The little {x.bare} ran after a falling leaf, farther and farther, and lost its way home.',
        ],
        [
          '天快黑了，小{x}一个人坐在路边哭。',
          'It was getting dark, and the little {x.bare} sat by the road and cried.',
        ],
      ],
      [
        ['{y}走过来问：“你家在哪里？”', '{y} came and asked, "Where is your home?"'],
        [
          '{y}听见哭声，停下来问：“你怎么了？”',
          '{y} heard it, stopped and asked, "What is the matter?"',
        ],
      ],
      [
        ['小{x}说：“我家在{x.home}。”', '"I live {x.home}," said the little {x.bare}.'],
        [
          '小{x}擦擦眼泪，说：“我要回{x.home}去，妈妈在等我。”',
          'The little {x.bare} dried its tears. "I live {x.home}, and mother is waiting," it said.',
        ],
      ],
      [
        [
          '{y}说：“那儿离这里不近，不过我认得路。”',
          '"That is not near," said {y}, "but I know the way."',
        ],
        [
          '{y}没有去过那里，就带着它去问最聪明的猫头鹰。',
          '{y} had never been there and took it to ask the wise old owl.',
        ],
      ],
      [
        [
          '它们走过小桥，穿过树林，月亮一路跟着它们。',
          'They crossed a bridge and went through a wood, and the moon followed them.',
        ],
        [
          '路上，{y}讲了许多故事，小{x}忘记了害怕。',
          'On the way {y} told many stories, and the little {x.bare} forgot its fear.',
        ],
      ],
      [
        ['远远地，它们听见了妈妈的声音。', 'From far away they heard the voice of the mother.'],
        [
          '快到的时候，小{x}闻到了家里{x.eats}的香味。',
          'When they were near, the little {x.bare} could smell {x.eats}, just as at home.',
        ],
      ],
      [
        ['妈妈说：“谢谢你，好心的{y}。”', 'The mother said, "Thank you, kind {y.bare}."'],
        [
          '从那天起，小{x}出门前总要先看好回家的路。',
          'From that day on, the little {x.bare} always looked at the way home before it went out.',
        ],
      ],
    ],
  },
  {
    id: 'story/helped-animal',
    titles: [
      ['{a}和受伤的{z}', '{a} and the Hurt {Z.bare}'],
      ['一只{z}的感谢', 'A Thankful {Z.bare}'],
    ],
    beats: [
      [
        [
          '{a}从{a.home}回家的路上，看见{z.one}倒在草里。',
          'On the way home from {a.home}, {a} saw {z.one} lying in the grass.',
        ],
        [
          '一天傍晚，{a}听见门外有声音，开门一看，是{z.one}。',
          'One evening {a} heard a noise outside, opened the door, and found {z.one}.',
        ],
      ],
      [
        [
          '它受了伤，睁着圆圆的眼睛，一动也不动。',
          'It was hurt, and looked at {a.him} with round eyes and did not move.',
        ],
        ['它的样子很可怜，身上都是泥。', 'It was a sorry sight, covered with mud.'],
      ],
      [
        [
          '{a}轻轻地把它抱回家，给它洗了伤口。',
          '{a} carried it home with care and washed the wound.',
        ],
        ['{a}说：“别怕，我不会伤害你。”', '"Do not be afraid," said {a}. "I will not hurt you."'],
      ],
      [
        [
          '{a.he}知道{z}吃{z.eats}，就到处去找。',
          '{a.he} knew that {z.many} eat {z.eats}, and went to look for some.',
        ],
        [
          '{b}来看{a.him}，带来了一些{z.eats}。',
          '{b} came to see {a.him} and brought some {z.eats}.',
        ],
      ],
      [
        ['一天天过去，它的伤好了。', 'Day after day went by, and the wound healed.'],
        ['半个月以后，它又能走动了。', 'After half a month it could move about again.'],
      ],
      [
        [
          '{a}把它送回{z.home}，它回头看了{a.him}好几次。',
          '{a} took it back to the place where it lived, and it looked round at {a.him} again and again.',
        ],
        [
          '{a}打开门，它慢慢地走了出去，消失在晨光里。',
          '{a} opened the door, and it went slowly out and was gone in the morning light.',
        ],
      ],
      [
        [
          '第二年春天，门口忽然多了一朵花。{a}觉得，那一定是它送来的。',
          'The next spring there was suddenly a flower at the door, and {a} was sure who had brought it.',
        ],
        [
          '有时候夜里有轻轻的脚步声，{a}就知道，是老朋友来了。',
          'Sometimes there are soft steps at night, and {a} knows that an old friend has come.',
        ],
      ],
    ],
  },
];
