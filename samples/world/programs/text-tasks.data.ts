import { drawNumbers, drawWord, type ProgramTask, task } from './task.ts';

/** Tasks about lists and texts. */
export const textTasks: readonly ProgramTask[] = [
  task<[readonly number[]]>({
    name: 'total',
    zh: [
      '求列表中所有数的和',
      '把数组里的数加起来',
      '返回一组数的总和',
      '计算列表的总和',
      '把列表里的数合成一个数',
    ],
    en: [
      'add up all numbers of a list',
      'find the sum of an array',
      'return the total of a list',
      'compute the sum of many numbers',
      'turn a list into the number that it makes together',
    ],
    solutions: [
      'function total(numbers) {\n  let sum = 0;\n  for (const n of numbers) {\n    sum += n;\n  }\n  return sum;\n}',
      'const total = (numbers) => numbers.reduce((sum, n) => sum + n, 0);',
    ],
    draw: (random) => [drawNumbers(random, 20, [3, 5])],
    compute: (numbers) => {
      let sum = 0;
      for (const n of numbers) sum += n;
      return sum;
    },
  }),
  task<[readonly number[]]>({
    name: 'largest',
    zh: [
      '找出列表中最大的数',
      '求一组数的最大值',
      '返回数组里最大的一个',
      '在许多数中取最大的',
      '挑出列表里比谁都大的数',
    ],
    en: [
      'find the largest number of a list',
      'return the maximum of a list',
      'give the greatest number in an array',
      'take the largest of many numbers',
      'pick the number above all others in a list',
    ],
    solutions: [
      'function largest(numbers) {\n  let best = numbers[0];\n  for (const n of numbers) {\n    if (n > best) {\n      best = n;\n    }\n  }\n  return best;\n}',
      'const largest = (numbers) => Math.max(...numbers);',
    ],
    draw: (random) => [drawNumbers(random, 50)],
    compute: (numbers) => Math.max(...numbers),
  }),
  task<[readonly number[]]>({
    name: 'evens',
    zh: [
      '从列表中挑出偶数',
      '只留下数组里的偶数',
      '返回列表中所有的双数',
      '去掉列表里的奇数',
      '把能被二整除的数留下',
    ],
    en: [
      'pick the even numbers of a list',
      'keep only the even numbers of an array',
      'return all even numbers in a list',
      'remove the odd numbers of a list',
      'leave what can be divided by two',
    ],
    solutions: [
      'function evens(numbers) {\n  return numbers.filter((n) => n % 2 === 0);\n}',
      'function evens(numbers) {\n  const list = [];\n  for (const n of numbers) {\n    if (n % 2 === 0) {\n      list.push(n);\n    }\n  }\n  return list;\n}',
    ],
    draw: (random) => [drawNumbers(random, 20, [3, 6])],
    compute: (numbers) => numbers.filter((n) => n % 2 === 0),
  }),
  task<[readonly number[]]>({
    name: 'squares',
    zh: [
      '求列表中每个数的平方',
      '把数组里的数都平方',
      '返回每个数乘以自己的列表',
      '让列表中的每个数自乘一次',
      '给出列表里各数的平方',
    ],
    en: [
      'square every number of a list',
      'return the squares of a list',
      'multiply each number of an array by itself',
      'make a list of squares',
      'give each number of a list its square',
    ],
    solutions: [
      'function squares(numbers) {\n  return numbers.map((n) => n * n);\n}',
      'function squares(numbers) {\n  const list = [];\n  for (const n of numbers) {\n    list.push(n * n);\n  }\n  return list;\n}',
    ],
    draw: (random) => [drawNumbers(random, 10, [2, 5])],
    compute: (numbers) => numbers.map((n) => n ** 2),
  }),
  task<[readonly number[]]>({
    name: 'sorted',
    zh: [
      '把列表从小到大排好',
      '给一组数排序',
      '返回从小到大的数组',
      '按大小顺序排列数字',
      '让列表里的数由小变大',
    ],
    en: [
      'sort a list from small to large',
      'put numbers in order',
      'return a sorted array',
      'arrange numbers by size',
      'let the numbers of a list rise from left to right',
    ],
    solutions: [
      'function sorted(numbers) {\n  return [...numbers].sort((a, b) => a - b);\n}',
      'const sorted = (numbers) => numbers.slice().sort((a, b) => a - b);',
    ],
    draw: (random) => [drawNumbers(random, 30, [3, 5])],
    compute: (numbers) => {
      const rest = [...numbers];
      return numbers.map(() => rest.splice(rest.indexOf(Math.min(...rest)), 1)[0] ?? 0);
    },
  }),
  task<[readonly number[]]>({
    name: 'count',
    zh: [
      '数一数列表里有几个数',
      '求数组的长度',
      '返回列表的元素个数',
      '看看列表有多长',
      '说出列表里一共放了几样东西',
    ],
    en: [
      'count the items of a list',
      'find the length of an array',
      'return how many items a list has',
      'see how long a list is',
      'say how many things a list holds',
    ],
    solutions: [
      'function count(list) {\n  return list.length;\n}',
      'const count = (list) => list.length;',
    ],
    draw: (random) => [drawNumbers(random, 10, [0, 8])],
    compute: (list) => list.length,
  }),
  task<[readonly number[]]>({
    name: 'first',
    zh: [
      '取出列表的第一个数',
      '返回数组的第一项',
      '拿到列表开头的数',
      '看看排在最前面的是谁',
      '给出列表里领头的那个',
    ],
    en: [
      'take the first item of a list',
      'return the first number of an array',
      'get the number at the start of a list',
      'see which number stands in front',
      'give the one that leads the list',
    ],
    solutions: ['function first(list) {\n  return list[0];\n}', 'const first = ([head]) => head;'],
    draw: (random) => [drawNumbers(random, 100)],
    compute: (list) => list.at(0) ?? 0,
  }),
  task<[readonly number[]]>({
    name: 'last',
    zh: [
      '取出列表的最后一个数',
      '返回数组的最后一项',
      '拿到列表末尾的数',
      '看看排在最后面的是谁',
      '给出列表里收尾的那个',
    ],
    en: [
      'take the last item of a list',
      'return the last number of an array',
      'get the number at the end of a list',
      'see which number stands at the back',
      'give the one that closes the list',
    ],
    solutions: [
      'function last(list) {\n  return list[list.length - 1];\n}',
      'const last = (list) => list.at(-1);',
    ],
    draw: (random) => [drawNumbers(random, 100)],
    compute: (list) => list.slice(-1)[0] ?? 0,
  }),
  task<[readonly number[]]>({
    name: 'unique',
    zh: [
      '去掉列表里重复的数',
      '返回没有重复的数组',
      '让每个数只留一个',
      '删除数组中出现过的数',
      '把列表里一样的数合并',
    ],
    en: [
      'remove repeated numbers from a list',
      'return an array without duplicates',
      'keep each number only once',
      'drop numbers that came before',
      'merge equal numbers of a list',
    ],
    solutions: [
      'function unique(list) {\n  return [...new Set(list)];\n}',
      'const unique = (list) => list.filter((n, i) => list.indexOf(n) === i);',
    ],
    draw: (random) => [drawNumbers(random, 5, [3, 6])],
    compute: (list) => list.filter((n, i) => !list.slice(0, i).includes(n)),
  }),
  task<[readonly number[], number]>({
    name: 'contains',
    zh: [
      '检查列表里有没有某个数',
      '判断数组是否包含 n',
      '如果列表里有 n 就返回 true',
      '在列表中找一找 n',
      '回答 n 在不在列表里',
    ],
    en: [
      'check whether a list holds a number',
      'tell whether an array includes n',
      'return true if n is in the list',
      'look for n in a list',
      'say whether n can be found in a list',
    ],
    solutions: [
      'function contains(list, n) {\n  return list.includes(n);\n}',
      'function contains(list, n) {\n  for (const item of list) {\n    if (item === n) {\n      return true;\n    }\n  }\n  return false;\n}',
    ],
    draw: (random) => [drawNumbers(random, 8, [3, 5]), random.int(8)],
    compute: (list, n) => list.indexOf(n) >= 0,
  }),
  task<[string]>({
    name: 'reverse',
    zh: [
      '把一个词倒过来写',
      '反转字符串',
      '返回倒序的文字',
      '把字符串从后往前读',
      '像照镜子一样写一个词',
    ],
    en: [
      'reverse a word',
      'write a string backwards',
      'return the text in reverse order',
      'read a string from the end',
      'write a word as in a mirror',
    ],
    solutions: [
      "function reverse(text) {\n  return [...text].reverse().join('');\n}",
      "function reverse(text) {\n  let result = '';\n  for (const letter of text) {\n    result = letter + result;\n  }\n  return result;\n}",
    ],
    draw: (random) => [drawWord(random)],
    compute: (text) => Array.from(text, (_, i) => text.charAt(text.length - 1 - i)).join(''),
  }),
  task<[string]>({
    name: 'countVowels',
    zh: [
      '数一数单词里有几个元音',
      '求字符串中元音字母的个数',
      '返回文字里元音的数目',
      '看看一个词有多少个 a、e、i、o、u',
      '说出一个词有几个元音字母',
    ],
    en: [
      'count the vowels of a word',
      'find the number of vowels in a string',
      'return how many vowels a text has',
      'see how many of a, e, i, o, u a word holds',
      'say how many letters of a word are vowels',
    ],
    solutions: [
      "function countVowels(text) {\n  let count = 0;\n  for (const letter of text) {\n    if ('aeiou'.includes(letter)) {\n      count++;\n    }\n  }\n  return count;\n}",
      "const countVowels = (text) => [...text].filter((c) => 'aeiou'.includes(c)).length;",
    ],
    draw: (random) => [drawWord(random)],
    compute: (text) => text.replace(/[^aeiou]/g, '').length,
  }),
  task<[string, number]>({
    name: 'repeat',
    zh: [
      '把一个词重复 n 遍',
      '将字符串连写 n 次',
      '返回重复 n 次的文字',
      '同一个词说 n 遍',
      '把一个词照样抄 n 回',
    ],
    en: [
      'repeat a word n times',
      'write a string n times in a row',
      'return the text repeated n times',
      'say the same word n times',
      'copy a word n times without a gap',
    ],
    solutions: [
      'function repeat(text, n) {\n  return text.repeat(n);\n}',
      "function repeat(text, n) {\n  let result = '';\n  for (let i = 0; i < n; i++) {\n    result += text;\n  }\n  return result;\n}",
    ],
    draw: (random) => [drawWord(random), 1 + random.int(4)],
    compute: (text, n) => Array.from({ length: n }, () => text).join(''),
  }),
  task<[string]>({
    name: 'greet',
    zh: [
      '向一个人问好',
      '返回一句问候语',
      '用名字打招呼',
      '对某人说你好',
      '见面时叫着名字说一句话',
    ],
    en: [
      'greet somebody by name',
      'return a greeting',
      'say hello to a name',
      'welcome somebody',
      'make the line we say when we meet',
    ],
    solutions: [
      "function greet(name) {\n  return 'Hello, ' + name + '!';\n}",
      'const greet = (name) => `Hello, ' + '$' + '{name}!`;',
    ],
    draw: (random) => [
      random.pick(['Li Ming', 'Wang Fang', 'Anna', 'Tom', 'Xiaoyun', 'Mei', 'Jack', 'Lan']),
    ],
    compute: (name) => `Hello, ${name}!`,
  }),
  task<[string]>({
    name: 'isPalindrome',
    zh: [
      '判断一个词正读反读是否一样',
      '检查字符串是不是回文',
      '如果是回文就返回 true',
      '看看倒过来的词是否没变',
      '回答一个词从两头读是否相同',
    ],
    en: [
      'tell whether a word reads the same backwards',
      'check for a palindrome',
      'return true if the text is a palindrome',
      'see whether reversing changes a word',
      'say whether a word looks alike from both ends',
    ],
    solutions: [
      "function isPalindrome(text) {\n  return text === [...text].reverse().join('');\n}",
      'function isPalindrome(text) {\n  for (let i = 0; i < text.length / 2; i++) {\n    if (text[i] !== text[text.length - 1 - i]) {\n      return false;\n    }\n  }\n  return true;\n}',
    ],
    draw: (random) => [
      random.int(3) === 0 ? random.pick(['level', 'noon', 'radar', 'civic']) : drawWord(random),
    ],
    compute: (text) => Array.from(text).every((c, i) => c === text.charAt(text.length - 1 - i)),
  }),
  task<[string]>({
    name: 'shout',
    zh: [
      '把文字变成大写',
      '返回全部大写的字符串',
      '让每个字母都变大写',
      '像喊话一样写出来',
      '把小写字母换成大写字母',
    ],
    en: [
      'turn a text into capitals',
      'return a string in upper case',
      'make every letter a capital',
      'write it as if shouting',
      'change all small letters to big ones',
    ],
    solutions: [
      'function shout(text) {\n  return text.toUpperCase();\n}',
      'const shout = (text) => text.toUpperCase();',
    ],
    draw: (random) => [drawWord(random)],
    compute: (text) => text.replace(/[a-z]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 32)),
  }),
  task<[readonly string[]]>({
    name: 'joinWords',
    zh: [
      '用空格把词连起来',
      '把一列词连成一句',
      '返回用空格连接的字符串',
      '把词语排成一行',
      '把一串词念成一句话',
    ],
    en: [
      'join words with spaces',
      'make one line of a list of words',
      'return the words with spaces between',
      'put words in a row',
      'read a list of words as one sentence',
    ],
    solutions: [
      "function joinWords(words) {\n  return words.join(' ');\n}",
      "const joinWords = (words) => words.join(' ');",
    ],
    draw: (random) => [Array.from({ length: 2 + random.int(3) }, () => drawWord(random))],
    compute: (words) => words.reduce((text, word) => `${text} ${word}`),
  }),
  task<[readonly string[]]>({
    name: 'longest',
    zh: [
      '找出最长的词',
      '返回列表中最长的字符串',
      '看看哪个词字母最多',
      '求一组词里最长的一个',
      '挑出写起来最占地方的词',
    ],
    en: [
      'find the longest word',
      'return the longest string of a list',
      'see which word has most letters',
      'give the longest of many words',
      'pick the word that takes most room to write',
    ],
    solutions: [
      "function longest(words) {\n  let best = '';\n  for (const word of words) {\n    if (word.length > best.length) {\n      best = word;\n    }\n  }\n  return best;\n}",
    ],
    draw: (random) => [Array.from({ length: 2 + random.int(3) }, () => drawWord(random))],
    compute: (words) =>
      words.find((word) => words.every(({ length }) => length <= word.length)) ?? '',
  }),
];
