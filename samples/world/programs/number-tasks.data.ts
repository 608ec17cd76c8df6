import { drawSum } from '../sums/index.ts';
import { drawNumbers, type ProgramTask, task } from './task.ts';

/** Tasks about numbers. */
export const numberTasks: readonly ProgramTask[] = [
  task<[number, number]>({
    name: 'add',
    zh: [
      '把两个数加起来',
      '求两个数的和',
      '计算 a 加 b',
      '返回两个数相加的结果',
      '给出两个数的总和',
    ],
    en: [
      'add two numbers',
      'find the sum of two numbers',
      'compute a plus b',
      'return what two numbers make together',
      'give the total of two numbers',
    ],
    solutions: ['function add(a, b) {\n  return a + b;\n}', 'const add = (a, b) => a + b;'],
    draw: (random) => {
      const { left, right } = drawSum(random, 'large', { operator: '+' });
      return [left, right];
    },
    compute: (a, b) => a + b,
  }),
  task<[number]>({
    name: 'double',
    zh: [
      '把一个数乘以二',
      '求一个数的两倍',
      '返回 n 的两倍',
      '让一个数变成原来的两倍',
      '给出比原来多一倍的数',
    ],
    en: [
      'double a number',
      'multiply a number by two',
      'return twice n',
      'make a number two times as large',
      'give the number that is twice as big',
    ],
    solutions: ['function double(n) {\n  return n * 2;\n}', 'const double = (n) => n + n;'],
    draw: (random) => [random.int(100)],
    compute: (n) => n * 2,
  }),
  task<[number]>({
    name: 'square',
    zh: [
      '求一个数的平方',
      '把一个数乘以它自己',
      '返回 n 的平方',
      '计算 n 乘 n',
      '给出边长为 n 的正方形的面积',
    ],
    en: [
      'square a number',
      'multiply a number by itself',
      'return n squared',
      'compute n times n',
      'give the area of a square with side n',
    ],
    solutions: ['function square(n) {\n  return n * n;\n}', 'const square = (n) => n ** 2;'],
    draw: (random) => [random.int(30)],
    compute: (n) => n * n,
  }),
  task<[number]>({
    name: 'isEven',
    zh: [
      '判断一个数是不是偶数',
      '看看 n 是否是双数',
      '检查一个数能否被二整除',
      '如果 n 是偶数就返回 true',
      '回答一个数是否成双',
    ],
    en: [
      'tell whether a number is even',
      'check that a number can be divided by two',
      'return true if n is even',
      'find out whether n is even',
      'say whether a number comes in pairs',
    ],
    solutions: [
      'function isEven(n) {\n  return n % 2 === 0;\n}',
      'const isEven = (n) => n % 2 === 0;',
    ],
    draw: (random) => [random.int(200)],
    compute: (n) => n % 2 === 0,
  }),
  task<[number, number]>({
    name: 'larger',
    zh: [
      '返回两个数中较大的一个',
      '比较两个数，取大的',
      '求 a 和 b 的最大值',
      '找出两个数里更大的那个',
      '在两个数中挑出大的',
    ],
    en: [
      'return the larger of two numbers',
      'compare two numbers and take the bigger one',
      'find the maximum of a and b',
      'give the greater of two numbers',
      'choose whichever of two numbers is more',
    ],
    solutions: [
      'function larger(a, b) {\n  if (a > b) {\n    return a;\n  }\n  return b;\n}',
      'function larger(a, b) {\n  return a > b ? a : b;\n}',
      'const larger = (a, b) => Math.max(a, b);',
    ],
    draw: (random) => [random.int(100), random.int(100)],
    compute: (a, b) => Math.max(a, b),
  }),
  task<[number, number]>({
    name: 'difference',
    zh: [
      '求两个数相差多少',
      '计算两个数的差，结果不为负',
      '返回大数减小数',
      '求 a 与 b 的距离',
      '给出两个数之间隔了多少',
    ],
    en: [
      'find how far apart two numbers are',
      'compute the difference of two numbers without a sign',
      'return the larger number minus the smaller',
      'find the distance between a and b',
      'say how much lies between two numbers',
    ],
    solutions: [
      'function difference(a, b) {\n  return Math.abs(a - b);\n}',
      'function difference(a, b) {\n  if (a > b) {\n    return a - b;\n  }\n  return b - a;\n}',
    ],
    draw: (random) => [random.int(50), random.int(50)],
    compute: (a, b) => Math.abs(a - b),
  }),
  task<[number]>({
    name: 'factorial',
    zh: [
      '计算 n 的阶乘',
      '求从一乘到 n 的积',
      '返回 n 的阶乘',
      '把一到 n 都乘起来',
      '给出前 n 个正整数的乘积',
    ],
    en: [
      'compute the factorial of n',
      'multiply all numbers from one to n',
      'return n factorial',
      'find the product of one to n',
      'give the product of the first n whole numbers',
    ],
    solutions: [
      'function factorial(n) {\n  let product = 1;\n  for (let i = 2; i <= n; i++) {\n    product *= i;\n  }\n  return product;\n}',
      'function factorial(n) {\n  return n <= 1 ? 1 : n * factorial(n - 1);\n}',
    ],
    draw: (random) => [random.int(9)],
    compute: (n) => Array.from({ length: n }, (_, i) => i + 1).reduce((a, b) => a * b, 1),
  }),
  task<[number]>({
    name: 'fibonacci',
    zh: [
      '求第 n 个斐波那契数',
      '计算斐波那契数列的第 n 项',
      '返回斐波那契数列中下标为 n 的数',
      '从 0 和 1 开始，求第 n 个斐波那契数',
      '给出兔子数列的第 n 个数',
    ],
    en: [
      'find the n-th Fibonacci number',
      'compute item n of the Fibonacci sequence',
      'return the Fibonacci number with index n',
      'start from 0 and 1 and give Fibonacci number n',
      'give number n of the rabbit sequence',
    ],
    solutions: [
      'function fibonacci(n) {\n  let [a, b] = [0, 1];\n  for (let i = 0; i < n; i++) {\n    [a, b] = [b, a + b];\n  }\n  return a;\n}',
      'function fibonacci(n) {\n  return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);\n}',
    ],
    draw: (random) => [random.int(16)],
    compute: (n) => {
      const row = [0, 1];
      while (row.length <= n) row.push((row.at(-1) ?? 0) + (row.at(-2) ?? 0));
      return row[n] ?? 0;
    },
  }),
  task<[number]>({
    name: 'sumTo',
    zh: [
      '求一到 n 的和',
      '把一到 n 的数都加起来',
      '返回 1 + 2 + … + n',
      '计算前 n 个正整数的和',
      '从一数到 n，边数边加',
    ],
    en: [
      'add up all numbers from one to n',
      'find the sum of one to n',
      'return 1 + 2 + … + n',
      'compute the sum of the first n whole numbers',
      'count to n and keep a running total',
    ],
    solutions: [
      'function sumTo(n) {\n  let total = 0;\n  for (let i = 1; i <= n; i++) {\n    total += i;\n  }\n  return total;\n}',
      'const sumTo = (n) => (n * (n + 1)) / 2;',
    ],
    draw: (random) => [1 + random.int(40)],
    compute: (n) => (n * (n + 1)) / 2,
  }),
  task<[number]>({
    name: 'isPrime',
    zh: [
      '判断一个数是不是质数',
      '检查 n 是否为素数',
      '如果 n 是质数就返回 true',
      '看看 n 除了一和自己还有没有因数',
      '回答 n 是否无法再分解',
    ],
    en: [
      'tell whether a number is prime',
      'check that n is a prime number',
      'return true if n is prime',
      'see whether n has no divisors but one and itself',
      'say whether n cannot be split into factors',
    ],
    solutions: [
      'function isPrime(n) {\n  if (n < 2) {\n    return false;\n  }\n  for (let i = 2; i * i <= n; i++) {\n    if (n % i === 0) {\n      return false;\n    }\n  }\n  return true;\n}',
    ],
    draw: (random) => [random.int(60)],
    compute: (n) =>
      n > 1 && !Array.from({ length: n }, (_, i) => i).some((i) => i > 1 && n % i === 0),
  }),
  task<[number, number]>({
    name: 'gcd',
    zh: [
      '求两个数的最大公约数',
      '计算 a 和 b 的最大公因数',
      '返回能同时整除 a 和 b 的最大的数',
      '用辗转相除法求最大公约数',
      '找出两个数共有的最大因数',
    ],
    en: [
      'find the greatest common divisor of two numbers',
      'compute the greatest common factor of a and b',
      'return the largest number that divides both a and b',
      'use the rule of Euclid on two numbers',
      'give the biggest factor that two numbers share',
    ],
    solutions: [
      'function gcd(a, b) {\n  while (b > 0) {\n    [a, b] = [b, a % b];\n  }\n  return a;\n}',
      'function gcd(a, b) {\n  return b === 0 ? a : gcd(b, a % b);\n}',
    ],
    draw: (random) => {
      const factor = 1 + random.int(9);
      return [factor * (1 + random.int(9)), factor * (1 + random.int(9))];
    },
    compute: (a, b) =>
      Array.from({ length: a }, (_, i) => a - i).find((i) => a % i === 0 && b % i === 0) ?? 1,
  }),
  task<[number]>({
    name: 'toFahrenheit',
    zh: [
      '把摄氏度换算成华氏度',
      '摄氏温度转华氏温度',
      '返回 c 摄氏度等于多少华氏度',
      '把摄氏温度改写成华氏温度',
      '给出同一温度的华氏读数',
    ],
    en: [
      'turn degrees Celsius into Fahrenheit',
      'convert Celsius to Fahrenheit',
      'return how many degrees Fahrenheit c degrees Celsius are',
      'change a temperature from Celsius to Fahrenheit',
      'give the Fahrenheit reading of the same temperature',
    ],
    solutions: [
      'function toFahrenheit(c) {\n  return (c * 9) / 5 + 32;\n}',
      'const toFahrenheit = (c) => (c * 9) / 5 + 32;',
    ],
    draw: (random) => [5 * random.int(21)],
    compute: (c) => (c / 5) * 9 + 32,
  }),
  task<[number]>({
    name: 'digitSum',
    zh: [
      '求一个数各位数字的和',
      '把 n 的每一位加起来',
      '返回 n 的数字之和',
      '计算各个数位上的数的总和',
      '拆开 n 的数字再相加',
    ],
    en: [
      'add up the digits of a number',
      'find the sum of the digits of n',
      'return the digit sum of n',
      'compute the total of all digits',
      'take a number apart and add its digits',
    ],
    solutions: [
      'function digitSum(n) {\n  let total = 0;\n  while (n > 0) {\n    total += n % 10;\n    n = Math.floor(n / 10);\n  }\n  return total;\n}',
      'const digitSum = (n) => [...String(n)].reduce((total, digit) => total + Number(digit), 0);',
    ],
    draw: (random) => [random.int(10_000)],
    compute: (n) => [...`${n}`].map(Number).reduce((a, b) => a + b, 0),
  }),
  task<[number]>({
    name: 'countdown',
    zh: [
      '从 n 倒数到一',
      '返回从 n 到 1 的列表',
      '列出 n 到 1 的数',
      '倒着数，从 n 数到 1',
      '像火箭发射那样倒计时',
    ],
    en: [
      'count down from n to one',
      'return a list from n to 1',
      'list the numbers from n down to 1',
      'count backwards from n',
      'count like before the start of a rocket',
    ],
    solutions: [
      'function countdown(n) {\n  const list = [];\n  for (let i = n; i >= 1; i--) {\n    list.push(i);\n  }\n  return list;\n}',
    ],
    draw: (random) => [1 + random.int(9)],
    compute: (n) => Array.from({ length: n }, (_, i) => n - i),
  }),
  task<[number]>({
    name: 'isLeapYear',
    zh: [
      '判断某一年是不是闰年',
      '检查 year 是否为闰年',
      '如果是闰年就返回 true',
      '看看这一年的二月有没有二十九天',
      '回答这一年是否多一天',
    ],
    en: [
      'tell whether a year is a leap year',
      'check for a leap year',
      'return true if the year is a leap year',
      'see whether February has twenty-nine days in a year',
      'say whether a year has one day more',
    ],
    solutions: [
      'function isLeapYear(year) {\n  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;\n}',
      'function isLeapYear(year) {\n  if (year % 400 === 0) {\n    return true;\n  }\n  if (year % 100 === 0) {\n    return false;\n  }\n  return year % 4 === 0;\n}',
    ],
    draw: (random) => [random.pick([1900, 2000, 2100, 1980 + random.int(60)])],
    compute: (year) => year % (year % 100 === 0 ? 400 : 4) === 0,
  }),
  task<[number, number]>({
    name: 'power',
    zh: [
      '求 a 的 b 次方',
      '把 b 个 a 连乘起来',
      '返回 a 的 b 次幂',
      '计算 a 自乘 b 次',
      '给出底为 a、指数为 b 的幂',
    ],
    en: [
      'raise a to the power b',
      'multiply b copies of a',
      'return a to the b',
      'compute a power',
      'give the power with base a and exponent b',
    ],
    solutions: [
      'function power(a, b) {\n  let product = 1;\n  for (let i = 0; i < b; i++) {\n    product *= a;\n  }\n  return product;\n}',
      'const power = (a, b) => a ** b;',
    ],
    draw: (random) => [random.int(10), random.int(5)],
    compute: (a, b) => Array.from({ length: b }, () => a).reduce((x, y) => x * y, 1),
  }),
  task<[number, number]>({
    name: 'average',
    zh: [
      '求两个数的平均数',
      '计算 a 和 b 的平均值',
      '返回两个数的正中间',
      '把两个数加起来除以二',
      '给出离两个数一样远的数',
    ],
    en: [
      'find the average of two numbers',
      'compute the mean of a and b',
      'return the middle of two numbers',
      'add two numbers and divide by two',
      'give the number equally far from both',
    ],
    solutions: [
      'function average(a, b) {\n  return (a + b) / 2;\n}',
      'const average = (a, b) => (a + b) / 2;',
    ],
    draw: (random) => [random.int(50), random.int(50)],
    compute: (a, b) => a / 2 + b / 2,
  }),
  task<[readonly number[]]>({
    name: 'smallest',
    zh: [
      '找出列表中最小的数',
      '求一组数的最小值',
      '返回数组里最小的一个',
      '在许多数中取最小的',
      '挑出列表里比谁都小的数',
    ],
    en: [
      'find the smallest number of a list',
      'return the minimum of a list',
      'give the least number in an array',
      'take the smallest of many numbers',
      'pick the number below all others in a list',
    ],
    solutions: [
      'function smallest(numbers) {\n  let best = numbers[0];\n  for (const n of numbers) {\n    if (n < best) {\n      best = n;\n    }\n  }\n  return best;\n}',
      'const smallest = (numbers) => Math.min(...numbers);',
    ],
    draw: (random) => [drawNumbers(random, 50)],
    compute: (numbers) => Math.min(...numbers),
  }),
];
