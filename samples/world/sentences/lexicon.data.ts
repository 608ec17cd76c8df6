/** The words of the sentence patterns. What stands together in one line makes sense together. */

/** Chinese | English | agreement | possessive | object form. */
export const persons = `
我|I|I|my|me
你|you|plural|your|you
他|he|singular|his|him
她|she|singular|her|her
我们|we|plural|our|us
他们|they|plural|their|them
妈妈|my mother|singular|her|her
爸爸|my father|singular|his|him
爷爷|my grandfather|singular|his|him
奶奶|my grandmother|singular|her|her
姐姐|my elder sister|singular|her|her
弟弟|my younger brother|singular|his|him
王老师|Teacher Wang|singular|her|her
李医生|Doctor Li|singular|his|him
孩子们|the children|plural|their|them
我们的邻居|our neighbour|singular|her|her
`;

/** Things that anybody may do on any day; `{his}` agrees with the subject. */
export const actions = `
跑步|go for a run
刷牙|brush {his} teeth
洗手|wash {his} hands
吃早饭|have breakfast
读报|read the newspaper
浇花|water the flowers
喝茶|drink tea
做饭|cook a meal
扫地|sweep the floor
喂鸡|feed the chickens
听音乐|listen to music
看书|read a book
写信|write a letter
洗衣服|wash the clothes
买菜|buy vegetables
画画|paint a picture
唱歌|sing a song
骑自行车|ride a bicycle
学英语|study English
打电话|make a phone call
散步|take a walk
游泳|go swimming
钓鱼|go fishing
踢足球|play football
下棋|play chess
放风筝|fly a kite
摘苹果|pick apples
遛狗|walk the dog
练习写字|practise writing
看电视|watch television
包饺子|make dumplings
打扫院子|clean the yard
洗碗|wash the dishes
吹笛子|play the flute
打太极拳|do tai chi
喂猫|feed the cat
`;

/** Actions that ask for a place outside; the place and then what is done there. */
export const outings = `
公园|the park ; 放风筝|fly a kite ; 散步|take a walk ; 看花|look at the flowers ; 骑自行车|ride a bicycle
河边|the river ; 钓鱼|go fishing ; 看船|watch the boats ; 喂鸭子|feed the ducks
山上|the mountain ; 看日出|watch the sunrise ; 采蘑菇|pick mushrooms ; 拍照|take photographs
市场|the market ; 买菜|buy vegetables ; 卖鸡蛋|sell eggs ; 买一条鱼|buy a fish
图书馆|the library ; 借书|borrow books ; 看报|read the newspapers ; 做作业|do {his} homework
学校|the school ; 接孩子|pick up the children ; 见老师|see the teacher ; 踢足球|play football
火车站|the railway station ; 接朋友|meet a friend ; 买票|buy a ticket
茶馆|the tea house ; 喝茶|drink tea ; 听故事|listen to stories ; 下棋|play chess
果园|the orchard ; 摘苹果|pick apples ; 摘桃子|pick peaches ; 看蜜蜂|watch the bees
海边|the seaside ; 游泳|go swimming ; 捡贝壳|collect shells ; 看日落|watch the sunset
动物园|the zoo ; 看大熊猫|see the giant pandas ; 看猴子|see the monkeys ; 喂大象|feed the elephants
`;

/** A shop and its goods: noun cells with measure words. */
export const shops = `
市场|at the market ; 鱼|fish|条 ; 白菜|cabbage|棵 ; 西瓜|watermelon|个 ; 母鸡|hen|只 ; 鸡蛋|egg|个
书店|at the bookshop ; 书|book|本 ; 地图|map|张 ; 铅笔|pencil|支 ; 故事书|storybook|本 ; 笔记本|notebook|个
面包店|at the bakery ; 面包|loaf of bread|个 ; 蛋糕|cake|块 ; 苹果派|apple pie|个
花店|at the flower shop ; 玫瑰|rose|朵 ; 花瓶|vase|个 ; 菊花|chrysanthemum|朵
茶叶店|at the tea shop ; 茶壶|teapot|把 ; 茶杯|teacup|个
衣服店|at the clothes shop ; 毛衣|sweater|件 ; 帽子|hat|顶 ; 外套|coat|件 ; 裙子|skirt|条
玩具店|at the toy shop ; 风筝|kite|只 ; 小鼓|small drum|面 ; 灯笼|lantern|盏
`;

/** A spot and what may be there. */
export const spots = `
桌子上|on the table ; 书|book|本 ; 杯子|cup|个 ; 苹果|apple|个 ; 盘子|plate|个 ; 灯|lamp|盏
池塘里|in the pond ; 鱼|fish|条 ; 鸭子|duck|只 ; 青蛙|frog|只
院子里|in the yard ; 母鸡|hen|只 ; 梨树|pear tree|棵 ; 自行车|bicycle|辆 ; 狗|dog|只
树上|in the tree ; 小鸟|small bird|只 ; 桃子|peach|个 ; 松鼠|squirrel|只
教室里|in the classroom ; 学生|student|个 ; 椅子|chair|把 ; 桌子|desk|张
河上|on the river ; 船|boat|条 ; 桥|bridge|座
墙上|on the wall ; 画|picture|幅 ; 地图|map|张 ; 钟|clock|座
篮子里|in the basket ; 鸡蛋|egg|个 ; 橘子|tangerine|个 ; 萝卜|radish|根
山坡上|on the hillside ; 绵羊|sheep|只 ; 马|horse|匹 ; 松树|pine tree|棵
天空中|in the sky ; 风筝|kite|只 ; 燕子|swallow|只
`;

/** An animal, a spot, and what it does there. */
export const scenes = `
猫|cat|只 ; 桌子下面|under the table ; 睡觉|sleep
狗|dog|只 ; 门口|at the door ; 等主人|wait for {his} master
鸭子|duck|只 ; 池塘里|in the pond ; 游水|swim
燕子|swallow|只 ; 屋檐下|under the eaves ; 做窝|build a nest
蜜蜂|bee|只 ; 花园里|in the garden ; 采蜜|collect nectar
马|horse|匹 ; 山坡上|on the hillside ; 吃草|eat grass
绵羊|sheep|只 ; 河边|by the river ; 喝水|drink water
猴子|monkey|只 ; 树上|in the tree ; 吃桃子|eat peaches
母鸡|hen|只 ; 院子里|in the yard ; 找虫子|look for worms
孩子|child|个 ; 雪地里|in the snow ; 堆雪人|build a snowman
学生|student|个 ; 教室里|in the classroom ; 读书|read
老人|old man|位 ; 树下|under the tree ; 下棋|play chess
渔民|fisher|位 ; 船上|on the boat ; 唱歌|sing
工人|worker|位 ; 桥上|on the bridge ; 休息|take a rest
`;

/** Skills: Chinese and English, after “can”. */
export const skills = `
骑自行车|ride a bicycle
游泳|swim
说英语|speak English
写毛笔字|write with a brush
吹笛子|play the flute
包饺子|make dumplings
下棋|play chess
爬树|climb trees
开车|drive a car
唱京剧|sing Peking opera
做木工|do woodwork
打乒乓球|play table tennis
画马|paint horses
骑马|ride a horse
修钟表|repair clocks
`;

/** Adjectives of a thing in the basic and in the comparative form, with things they fit. */
export const comparisons = `
大|big|bigger ; 西瓜|watermelon|个 ; 房子|house|座 ; 船|boat|条 ; 鱼|fish|条 ; 碗|bowl|个
长|long|longer ; 桥|bridge|座 ; 绳子|rope|根 ; 裙子|skirt|条 ; 河|river|条 ; 梯子|ladder|架
贵|expensive|more expensive ; 茶壶|teapot|把 ; 外套|coat|件 ; 书|book|本 ; 钟|clock|座 ; 灯|lamp|盏
便宜|cheap|cheaper ; 帽子|hat|顶 ; 毛衣|sweater|件 ; 铅笔|pencil|支 ; 篮子|basket|个 ; 杯子|cup|个
重|heavy|heavier ; 石头|stone|块 ; 箱子|box|个 ; 桌子|table|张 ; 书包|schoolbag|个 ; 南瓜|pumpkin|个
轻|light|lighter ; 雨伞|umbrella|把 ; 篮子|basket|个 ; 椅子|chair|把 ; 被子|quilt|床
新|new|newer ; 自行车|bicycle|辆 ; 房子|house|座 ; 地图|map|张 ; 鼓|drum|面 ; 钥匙|key|把
旧|old|older ; 外套|coat|件 ; 桥|bridge|座 ; 信|letter|封 ; 照片|photograph|张 ; 箱子|box|个
漂亮|beautiful|more beautiful ; 花瓶|vase|个 ; 画|picture|幅 ; 灯笼|lantern|盏 ; 风筝|kite|只 ; 扇子|fan|把
高|tall|taller ; 树|tree|棵 ; 山|hill|座 ; 塔|tower|座 ; 梯子|ladder|架
甜|sweet|sweeter ; 苹果|apple|个 ; 西瓜|watermelon|个 ; 蛋糕|cake|块 ; 橘子|tangerine|个 ; 桃子|peach|个
有意思|interesting|more interesting ; 故事|story|个 ; 书|book|本 ; 游戏|game|个 ; 画|picture|幅
`;

/** Weather as a clause: after 因为 and “because”, and for tomorrow. */
export const weathers = `
下雨|it is raining|it will rain|it rains
下雪|it is snowing|it will snow|it snows
刮大风|a strong wind is blowing|a strong wind will blow|a strong wind blows
天气很热|it is hot|it will be hot|it is hot
天气很冷|it is cold|it will be cold|it is cold
有雾|it is foggy|it will be foggy|it is foggy
天晴|it is sunny|it will be sunny|it is sunny
`;

/** What one stays at home for, whatever the weather. */
export const indoors = `
看书|read a book
喝热茶|drink hot tea
听故事|listen to stories
包饺子|make dumplings
下棋|play chess
画画|paint a picture
写信|write letters
听音乐|listen to music
做饭|cook a meal
练习写字|practise writing
`;

/** Presents: noun cells. */
export const presents = `
书|book|本
风筝|kite|只
苹果|apple|个
帽子|hat|顶
毛衣|sweater|件
茶壶|teapot|把
画|picture|幅
钟|clock|座
扇子|fan|把
花|flower|朵
铅笔|pencil|支
雨伞|umbrella|把
笛子|flute|支
灯笼|lantern|盏
`;

/** Requests in full. */
export const requests = `
请把门关上。|Please close the door.
请把窗户打开。|Please open the window.
请给我一杯水。|Please give me a glass of water.
请等我一会儿。|Please wait a moment for me.
请慢一点儿说。|Please speak a little more slowly.
请再说一遍。|Please say that again.
请把灯关上。|Please turn off the light.
请坐在这里。|Please sit here.
请告诉我你的名字。|Please tell me your name.
请把伞借给我。|Please lend me your umbrella.
请跟我来。|Please come with me.
请小声一点儿。|Please be a little quieter.
请把这封信寄出去。|Please post this letter.
请在这里写上你的名字。|Please write your name here.
请帮我拿一下篮子。|Please hold the basket for me.
请喝茶。|Please have some tea.
请别忘了带钥匙。|Please do not forget the key.
请早点儿回来。|Please come back early.
`;

/** What one may ask another to help with. */
export const chores = `
做饭|cook
扫地|sweep the floor
浇花|water the flowers
喂鸡|feed the chickens
洗衣服|wash the clothes
买菜|buy vegetables
打扫院子|clean the yard
洗碗|wash the dishes
包饺子|make dumplings
遛狗|walk the dog
摘苹果|pick apples
写信|write a letter
修自行车|repair the bicycle
搬桌子|move the table
找钥匙|find the key
挂灯笼|hang up the lanterns
`;

/** Animals that people have: noun cells. */
export const pets = `
猫|cat|只
狗|dog|只
兔子|rabbit|只
金鱼|goldfish|条
鹦鹉|parrot|只
马|horse|匹
`;
