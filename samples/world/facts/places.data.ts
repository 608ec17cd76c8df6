/** Real towns and countries, festivals and the calendar. The format is that of `nature.data.ts`. */

export const places = `
name                ; province                        ; part              ; sight                                       ; dish                                      ; river                                ; flower                         ; product
杭州|Hangzhou       ; 浙江省|Zhejiang Province        ; 东部|east         ; 西湖|West Lake                              ; 龙井虾仁|shrimps with Longjing tea        ; 钱塘江|the Qiantang River            ; 桂花|osmanthus                 ; 龙井茶|Longjing tea
北京|Beijing        ; -                               ; 北部|north        ; 故宫|the Forbidden City                     ; 烤鸭|roast duck                           ; 永定河|the Yongding River            ; 月季|the Chinese rose          ; 景泰蓝|cloisonné
苏州|Suzhou         ; 江苏省|Jiangsu Province         ; 东部|east         ; 拙政园|the Humble Administrator's Garden     ; 松鼠鳜鱼|sweet-and-sour mandarin fish     ; -                                    ; 桂花|osmanthus                 ; 刺绣|embroidery
西安|Xi'an          ; 陕西省|Shaanxi Province         ; 西北部|northwest  ; 兵马俑|the Terracotta Army                  ; 肉夹馍|meat-filled buns                   ; 渭河|the Wei River                   ; 石榴花|pomegranate blossom     ; -
成都|Chengdu        ; 四川省|Sichuan Province         ; 西南部|southwest  ; 杜甫草堂|Du Fu's Thatched Cottage           ; 麻婆豆腐|mapo tofu                        ; 锦江|the Jin River                   ; 芙蓉花|the hibiscus            ; 蜀锦|brocade
广州|Guangzhou      ; 广东省|Guangdong Province       ; 南部|south        ; 广州塔|the Canton Tower                     ; 虾饺|shrimp dumplings                     ; 珠江|the Pearl River                 ; 木棉花|the kapok flower        ; -
哈尔滨|Harbin       ; 黑龙江省|Heilongjiang Province  ; 东北部|northeast  ; 冰雪大世界|Ice and Snow World               ; 红肠|red sausage                          ; 松花江|the Songhua River             ; 丁香|the lilac                 ; 冰灯|ice lanterns
武汉|Wuhan          ; 湖北省|Hubei Province           ; 中部|centre       ; 黄鹤楼|Yellow Crane Tower                   ; 热干面|hot dry noodles                    ; 长江|the Yangtze River               ; 梅花|plum blossom              ; -
上海|Shanghai       ; -                               ; 东部|east         ; 外滩|the Bund                               ; 小笼包|soup dumplings                     ; 黄浦江|the Huangpu River             ; 白玉兰|the white magnolia      ; -
南京|Nanjing        ; 江苏省|Jiangsu Province         ; 东部|east         ; 中山陵|the Sun Yat-sen Mausoleum            ; 盐水鸭|salted duck                        ; 秦淮河|the Qinhuai River             ; 梅花|plum blossom              ; 云锦|cloud brocade
扬州|Yangzhou       ; 江苏省|Jiangsu Province         ; 东部|east         ; 瘦西湖|Slender West Lake                    ; 扬州炒饭|Yangzhou fried rice              ; -                                    ; 琼花|the snowball flower       ; 漆器|lacquerware
洛阳|Luoyang        ; 河南省|Henan Province           ; 中部|centre       ; 龙门石窟|the Longmen Grottoes               ; 水席|the water banquet                    ; 洛河|the Luo River                   ; 牡丹|the peony                 ; 唐三彩|tri-coloured pottery
重庆|Chongqing      ; -                               ; 西南部|southwest  ; 洪崖洞|Hongya Cave                          ; 火锅|hot pot                              ; 嘉陵江|the Jialing River             ; 山茶花|the camellia            ; -
桂林|Guilin         ; -                               ; 南部|south        ; 象鼻山|Elephant Trunk Hill                  ; 桂林米粉|rice noodles                     ; 漓江|the Li River                    ; 桂花|osmanthus                 ; -
昆明|Kunming        ; 云南省|Yunnan Province          ; 西南部|southwest  ; 石林|the Stone Forest                       ; 过桥米线|crossing-the-bridge noodles      ; -                                    ; 山茶花|the camellia            ; 鲜花饼|flower cakes
青岛|Qingdao        ; 山东省|Shandong Province        ; 东部|east         ; 栈桥|Zhanqiao Pier                          ; 辣炒蛤蜊|spicy clams                      ; -                                    ; 月季|the Chinese rose          ; 啤酒|beer
厦门|Xiamen         ; 福建省|Fujian Province          ; 东南部|southeast  ; 鼓浪屿|Gulangyu Island                      ; 沙茶面|satay noodles                      ; -                                    ; 三角梅|the bougainvillea       ; -
景德镇|Jingdezhen   ; 江西省|Jiangxi Province         ; 东南部|southeast  ; 古窑|the ancient kilns                      ; -                                         ; 昌江|the Chang River                 ; -                              ; 瓷器|porcelain
拉萨|Lhasa          ; -                               ; 西南部|southwest  ; 布达拉宫|the Potala Palace                  ; 糌粑|tsampa                               ; 拉萨河|the Lhasa River               ; -                              ; -
兰州|Lanzhou        ; 甘肃省|Gansu Province           ; 西北部|northwest  ; 中山桥|Zhongshan Bridge                     ; 牛肉面|beef noodles                       ; 黄河|the Yellow River                ; 玫瑰|the rose                  ; -
`;

export const countries = `
name                          ; capital           ; language
中国|China                    ; 北京|Beijing      ; 汉语|Chinese
法国|France                   ; 巴黎|Paris        ; 法语|French
英国|the United Kingdom       ; 伦敦|London       ; 英语|English
日本|Japan                    ; 东京|Tokyo        ; 日语|Japanese
意大利|Italy                  ; 罗马|Rome         ; 意大利语|Italian
埃及|Egypt                    ; 开罗|Cairo        ; 阿拉伯语|Arabic
俄罗斯|Russia                 ; 莫斯科|Moscow     ; 俄语|Russian
德国|Germany                  ; 柏林|Berlin       ; 德语|German
西班牙|Spain                  ; 马德里|Madrid     ; 西班牙语|Spanish
希腊|Greece                   ; 雅典|Athens       ; 希腊语|Greek
`;

export const festivals = `
name                               ; time                                                                        ; food                                ; custom
春节|the Spring Festival           ; 农历正月初一|on the first day of the first lunar month                      ; 饺子|dumplings                      ; 贴春联|put up red couplets
中秋节|the Mid-Autumn Festival     ; 农历八月十五|on the fifteenth day of the eighth lunar month                 ; 月饼|mooncakes                      ; 赏月|admire the moon
端午节|the Dragon Boat Festival    ; 农历五月初五|on the fifth day of the fifth lunar month                      ; 粽子|sticky rice in bamboo leaves   ; 赛龙舟|race dragon boats
元宵节|the Lantern Festival        ; 农历正月十五|on the fifteenth day of the first lunar month                  ; 汤圆|sweet rice balls               ; 看花灯|look at lanterns
清明节|the Qingming Festival       ; 四月初|in early April                                                       ; 青团|green rice balls               ; 扫墓|sweep the family graves
重阳节|the Double Ninth Festival   ; 农历九月初九|on the ninth day of the ninth lunar month                      ; 重阳糕|chrysanthemum cakes          ; 登高|climb hills
腊八节|the Laba Festival           ; 农历十二月初八|on the eighth day of the twelfth lunar month                 ; 腊八粥|porridge of eight grains     ; 泡腊八蒜|pickle garlic
冬至|the Winter Solstice           ; 十二月下旬|in late December                                                 ; -                                   ; 数九|count the nine times nine cold days
七夕节|the Qixi Festival           ; 农历七月初七|on the seventh day of the seventh lunar month                  ; 巧果|fried sugar cakes              ; 看牛郎星和织女星|look for the stars of the herdsman and the weaver
`;

export const weekdays =
  '星期一|Monday 星期二|Tuesday 星期三|Wednesday 星期四|Thursday 星期五|Friday 星期六|Saturday 星期日|Sunday';

export const months =
  '一月|January 二月|February 三月|March 四月|April 五月|May 六月|June 七月|July 八月|August ' +
  '九月|September 十月|October 十一月|November 十二月|December';

/** Each pair of adjectives is two facts. */
export const opposites = `
大|big ; 小|small
长|long ; 短|short
高|high ; 低|low
快|fast ; 慢|slow
新|new ; 旧|old
冷|cold ; 热|hot
轻|light ; 重|heavy
远|far ; 近|near
黑|black ; 白|white
早|early ; 晚|late
干|dry ; 湿|wet
软|soft ; 硬|hard
多|many ; 少|few
强|strong ; 弱|weak
胖|fat ; 瘦|thin
亮|bright ; 暗|dark
开|open ; 关|closed
深|deep ; 浅|shallow
宽|wide ; 窄|narrow
贵|expensive ; 便宜|cheap
干净|clean ; 脏|dirty
安静|quiet ; 吵闹|noisy
勇敢|brave ; 胆小|timid
勤劳|hard-working ; 懒惰|lazy
`;
