/** Names, trades and pastimes of the people. The format is that of `nature.data.ts`. */

export const trades = `
name                     ; workplace                            ; tool                          ; task
面包师|baker|位          ; 面包房里|in a bakery                 ; 烤箱|oven                     ; 烤面包|bake bread
老师|teacher|位          ; 学校里|in a school                   ; 黑板|blackboard               ; 教孩子读书|teach children to read
医生|doctor|位           ; 医院里|in a hospital                 ; 听诊器|stethoscope            ; 给人看病|treat the sick
农民|farmer|位           ; 田里|in the fields                   ; 锄头|hoe                      ; 种粮食|grow grain
渔民|fisher|位           ; 船上|on a boat                       ; 渔网|fishing net              ; 捕鱼|catch fish
木匠|carpenter|位        ; 木工房里|in a carpenter's workshop   ; 锯子|saw                      ; 做家具|make furniture
裁缝|tailor|位           ; 裁缝铺里|in a tailor's shop          ; 针和线|needle and thread      ; 做衣服|make clothes
厨师|cook|位             ; 厨房里|in a kitchen                  ; 锅|pan                        ; 做菜|cook meals
邮递员|mail carrier|位      ; 大街小巷里|in the streets            ; 邮包|mail bag                 ; 送信|deliver letters
司机|driver|位           ; 路上|on the road                     ; 汽车|car                      ; 开车送客|drive people from place to place
护士|nurse|位            ; 病房里|in a hospital ward            ; 体温计|thermometer            ; 照顾病人|look after patients
画家|painter|位          ; 画室里|in a studio                   ; 画笔|paintbrush               ; 画画|paint pictures
园丁|gardener|位         ; 花园里|in a garden                   ; 水壶|watering can             ; 种花|plant flowers
铁匠|blacksmith|位       ; 铁匠铺里|in a smithy                 ; 铁锤|hammer                   ; 打铁|forge iron
陶工|potter|位           ; 窑边|beside a kiln                   ; 转轮|potter's wheel           ; 做陶罐|make pots
理发师|barber|位         ; 理发店里|in a barber's shop          ; 剪刀|pair of scissors         ; 剪头发|cut hair
鞋匠|shoemaker|位        ; 鞋铺里|in a shoe shop                ; 锥子|awl                      ; 修鞋|mend shoes
图书管理员|librarian|位  ; 图书馆里|in a library                ; 书签|bookmark                 ; 借书给读者|lend books to readers
养蜂人|beekeeper|位      ; 蜂场里|on a bee farm                 ; 面罩|veil                     ; 养蜜蜂|keep bees
消防员|firefighter|位    ; 消防站里|at a fire station           ; 水带|fire hose                ; 灭火|put out fires
茶农|tea grower|位       ; 茶山上|on a tea hill                 ; 竹篓|bamboo basket            ; 采茶|pick tea
钟表匠|watchmaker|位     ; 钟表店里|in a watchmaker's shop      ; 放大镜|magnifying glass       ; 修钟表|repair clocks
程序员|programmer|位     ; 办公室里|in an office                ; 电脑|computer                 ; 写程序|write programs
`;

export const hobbies = `
画画|paint
下棋|play chess
钓鱼|fish
唱歌|sing
跳舞|dance
种花|grow flowers
放风筝|fly kites
练书法|practise calligraphy
打太极拳|do tai chi
吹笛子|play the flute
爬山|climb hills
游泳|swim
看星星|watch the stars
骑自行车|ride a bicycle
拍照|take photographs
看书|read books
拉二胡|play the erhu
收集邮票|collect stamps
踢足球|play football
打乒乓球|play table tennis
`;

export const foods = `
饺子|dumplings
面条|noodles
包子|steamed buns
豆腐|tofu
烤鸭|roast duck
鱼汤|fish soup
年糕|rice cake
红薯|sweet potatoes
月饼|mooncakes
糖葫芦|candied hawthorn
鸡蛋饼|egg pancakes
炒饭|fried rice
莲藕汤|lotus root soup
豆沙包|bean buns
西红柿炒鸡蛋|tomatoes with eggs
`;

/** Names of guests, whom no text speaks of. */
export const guests = `
小明|Tom ; male
小红|Anna ; female
小春|Mary ; female
小月|Lucy ; female
大明|Jack ; male
小花|Rose ; female
小星|Peter ; male
小雨|Sara ; female
`;

export const surnames =
  '李|Li 王|Wang 张|Zhang 刘|Liu 陈|Chen 杨|Yang 赵|Zhao 黄|Huang 周|Zhou 吴|Wu 徐|Xu 孙|Sun 胡|Hu 朱|Zhu ' +
  '高|Gao 林|Lin 郭|Guo 马|Ma 罗|Luo 梁|Liang 宋|Song 郑|Zheng 谢|Xie 韩|Han 唐|Tang 冯|Feng 董|Dong 程|Cheng ' +
  '曹|Cao 袁|Yuan 邓|Deng 沈|Shen 曾|Zeng 彭|Peng 苏|Su 叶|Ye';

export const givenNames = {
  male:
    '明|Ming 强|Qiang 伟|Wei 军|Jun 勇|Yong 磊|Lei 涛|Tao 建国|Jianguo 志远|Zhiyuan 文博|Wenbo 子轩|Zixuan ' +
    '大山|Dashan 小龙|Xiaolong 一鸣|Yiming 春生|Chunsheng 福来|Fulai 向阳|Xiangyang 家乐|Jiale 永康|Yongkang 思远|Siyuan',
  female:
    '芳|Fang 敏|Min 静|Jing 燕|Yan 红|Hong 雪|Xue 兰|Lan 玉兰|Yulan 秀英|Xiuying 小梅|Xiaomei 雨晴|Yuqing ' +
    '佳怡|Jiayi 思雨|Siyu 婷婷|Tingting 文静|Wenjing 小云|Xiaoyun 春梅|Chunmei 美玲|Meiling 晓燕|Xiaoyan 月华|Yuehua',
} as const;

/** Animals that people keep at home, by their Chinese names. */
export const petNames: readonly string[] = [
  '猫',
  '狗',
  '兔子',
  '金鱼',
  '乌龟',
  '鹦鹉',
  '鸭子',
  '鹅',
  '母鸡',
  '马',
  '绵羊',
];
