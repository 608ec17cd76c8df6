/**
 * What the world knows about animals, fruit, seasons and things. One subject a line; cells are
 * `中文|English` or `中文|English|measure word`, and `-` stands for nothing to say.
 */

export const animals = `
name                 ; class              ; eats                    ; home                        ; cover            ; legs             ; colour                     ; can
猫|cat|只            ; 哺乳动物|mammal    ; 鱼和老鼠|fish and mice  ; 人的家里|in people's homes  ; 毛|fur           ; 四条腿|four legs ; -                          ; 抓老鼠|catch mice
狗|dog|只            ; 哺乳动物|mammal    ; 骨头和肉|bones and meat ; 院子里|in yards             ; 毛|fur           ; 四条腿|four legs ; -                          ; 看家|guard the house
大熊猫|giant panda|只 ; 哺乳动物|mammal   ; 竹子|bamboo             ; 竹林里|in bamboo forests    ; 毛|fur           ; 四条腿|four legs ; 黑白相间|black and white    ; 爬树|climb trees
兔子|rabbit|只       ; 哺乳动物|mammal    ; 草和胡萝卜|grass and carrots ; 地洞里|in burrows      ; 毛|fur           ; 四条腿|four legs ; -                          ; 挖洞|dig holes
鸭子|duck|只         ; 鸟|bird            ; 小鱼和水草|small fish and water plants ; 池塘边|by ponds ; 羽毛|feathers   ; 两条腿|two legs  ; -                          ; 游水|swim
燕子|swallow|只      ; 鸟|bird            ; 飞虫|flying insects     ; 屋檐下|under the eaves      ; 羽毛|feathers    ; 两条腿|two legs  ; 黑色|black                 ; 在空中捉虫|catch insects in the air
蜜蜂|bee|只          ; 昆虫|insect        ; 花蜜和花粉|nectar and pollen ; 蜂巢里|in hives        ; 细毛|fine hair   ; 六条腿|six legs  ; 黄黑相间|yellow and black  ; 酿蜜|make honey
青蛙|frog|只         ; 两栖动物|amphibian ; 虫子|insects            ; 池塘里|in ponds             ; 光滑的皮肤|smooth skin ; 四条腿|four legs ; 绿色|green           ; 跳得很远|jump very far
金鱼|goldfish|条     ; 鱼|fish            ; 鱼食|fish food          ; 鱼缸里|in fish tanks        ; 鳞|scales        ; -                ; 金红色|orange-gold         ; 在水里呼吸|breathe under water
大象|elephant|头     ; 哺乳动物|mammal    ; 草和树叶|grass and leaves ; 草原和森林里|on grasslands and in forests ; 厚厚的皮|thick skin ; 四条腿|four legs ; 灰色|grey ; 用鼻子喝水|take up water with the trunk
老虎|tiger|只        ; 哺乳动物|mammal    ; 鹿和野猪|deer and wild pigs ; 山林里|in mountain forests ; 毛|fur         ; 四条腿|four legs ; 橙色带黑条纹|orange with black stripes ; 游过大河|swim across rivers
猫头鹰|owl|只        ; 鸟|bird            ; 老鼠|mice               ; 树洞里|in tree holes        ; 羽毛|feathers    ; 两条腿|two legs  ; -                          ; 在夜里看东西|see at night
乌龟|turtle|只       ; 爬行动物|reptile   ; 小鱼和菜叶|small fish and leaves ; 河边|by rivers      ; 硬壳|a hard shell ; 四条腿|four legs ; -                         ; 把头缩进壳里|pull the head into the shell
鹦鹉|parrot|只       ; 鸟|bird            ; 种子和果子|seeds and fruit ; 热带森林里|in tropical forests ; 羽毛|feathers ; 两条腿|two legs ; -                          ; 学人说话|copy human speech
马|horse|匹          ; 哺乳动物|mammal    ; 草和燕麦|grass and oats ; 草原上|on grasslands        ; 毛|hair          ; 四条腿|four legs ; -                          ; 跑得很快|run very fast
奶牛|cow|头          ; 哺乳动物|mammal    ; 草|grass                ; 牧场上|on farms             ; 毛|hair          ; 四条腿|four legs ; -                          ; 产奶|give milk
绵羊|sheep|只        ; 哺乳动物|mammal    ; 青草|green grass        ; 山坡上|on hillsides         ; 羊毛|wool         ; 四条腿|four legs ; 白色|white                 ; 爬上山坡|climb hills
母鸡|hen|只          ; 鸟|bird            ; 谷子和虫子|grain and worms ; 鸡窝里|in henhouses      ; 羽毛|feathers    ; 两条腿|two legs  ; -                          ; 下蛋|lay eggs
鹅|goose|只          ; 鸟|bird            ; 青草|green grass        ; 湖边|by lakes               ; 羽毛|feathers    ; 两条腿|two legs  ; 白色|white                 ; 大声叫|call loudly
企鹅|penguin|只      ; 鸟|bird            ; 鱼和虾|fish and shrimps ; 南方的海边|on southern coasts ; 羽毛|feathers  ; 两条腿|two legs  ; 黑白相间|black and white   ; 在海里潜水|dive in the sea
鲸|whale|头          ; 哺乳动物|mammal    ; 小鱼小虾|small fish and shrimps ; 大海里|in the ocean  ; 光滑的皮肤|smooth skin ; -          ; -                          ; 唱很长的歌|sing long songs
海豚|dolphin|只      ; 哺乳动物|mammal    ; 鱼|fish                 ; 大海里|in the sea           ; 光滑的皮肤|smooth skin ; -          ; 灰色|grey                  ; 跃出水面|jump out of the water
蝴蝶|butterfly|只    ; 昆虫|insect        ; 花蜜|nectar             ; 花丛中|among flowers        ; 细小的鳞片|tiny scales ; 六条腿|six legs ; -                     ; 用脚尝味道|taste with the feet
蚂蚁|ant|只          ; 昆虫|insect        ; 种子和小虫|seeds and small insects ; 地下|under the ground ; 硬壳|a hard shell ; 六条腿|six legs ; -                    ; 搬起很重的东西|carry heavy loads
蜘蛛|spider|只       ; 蛛形动物|arachnid  ; 飞虫|flying insects     ; 屋角|in corners             ; 细毛|fine hair   ; 八条腿|eight legs ; -                         ; 织网|spin webs
螃蟹|crab|只         ; 甲壳动物|crustacean ; 水草和小虾|water plants and shrimps ; 海边的石头下|under stones by the sea ; 硬壳|a hard shell ; 十条腿|ten legs ; - ; 横着走|walk sideways
蛇|snake|条          ; 爬行动物|reptile   ; 青蛙和老鼠|frogs and mice ; 草丛里|in tall grass      ; 鳞|scales        ; -                ; -                          ; 蜕皮|shed old skin
猴子|monkey|只       ; 哺乳动物|mammal    ; 果子和树叶|fruit and leaves ; 树上|in trees           ; 毛|fur           ; 四条腿|four legs ; -                          ; 荡过树枝|swing through branches
狐狸|fox|只          ; 哺乳动物|mammal    ; 兔子和果子|rabbits and fruit ; 山里的洞中|in dens in the hills ; 毛|fur    ; 四条腿|four legs ; 红棕色|reddish brown       ; 听见雪下的老鼠|hear mice under the snow
鹿|deer|只           ; 哺乳动物|mammal    ; 草和嫩芽|grass and buds ; 树林里|in woods             ; 毛|fur           ; 四条腿|four legs ; 棕色|brown                 ; 跳过小溪|leap over streams
骆驼|camel|头        ; 哺乳动物|mammal    ; 带刺的草|thorny plants  ; 沙漠里|in deserts           ; 毛|hair          ; 四条腿|four legs ; 沙黄色|sandy yellow        ; 很多天不喝水|go many days without water
袋鼠|kangaroo|只     ; 哺乳动物|mammal    ; 青草|green grass        ; 澳大利亚的草原上|on the plains of Australia ; 毛|fur ; -               ; -                          ; 用后腿跳|hop on the hind legs
蝙蝠|bat|只          ; 哺乳动物|mammal    ; 飞虫|flying insects     ; 山洞里|in caves             ; 毛|fur           ; -                ; -                          ; 在黑暗中飞行|fly in the dark
丹顶鹤|red-crowned crane|只 ; 鸟|bird     ; 鱼和虫子|fish and insects ; 湿地里|in wetlands        ; 羽毛|feathers    ; 两条腿|two legs  ; -                          ; 跳舞|dance
鲤鱼|carp|条         ; 鱼|fish            ; 水草和小虫|water plants and small insects ; 河里|in rivers ; 鳞|scales    ; -                ; -                          ; 跳出水面|leap out of the water
蚕|silkworm|条       ; 昆虫|insect        ; 桑叶|mulberry leaves    ; 竹匾里|on bamboo trays      ; 柔软的皮|soft skin ; -              ; 白色|white                 ; 吐丝|spin silk
`;

export const fruits = `
name                 ; colour       ; taste                   ; season       ; grows
苹果|apple|个        ; 红色|red     ; 甜|sweet                ; 秋天|autumn  ; 树上|on trees
桃子|peach|个        ; 粉红色|pink  ; 甜|sweet                ; 夏天|summer  ; 树上|on trees
葡萄|grape|颗        ; 紫色|purple  ; 酸甜|sweet and sour     ; 秋天|autumn  ; 藤上|on vines
西瓜|watermelon|个   ; 绿色|green   ; 甜|sweet                ; 夏天|summer  ; 地里的藤上|on vines along the ground
草莓|strawberry|颗   ; 红色|red     ; 酸甜|sweet and sour     ; 春天|spring  ; 矮矮的小苗上|on low plants
香蕉|banana|根       ; 黄色|yellow  ; 甜|sweet                ; -            ; 高高的蕉树上|on tall banana plants
柠檬|lemon|个        ; 黄色|yellow  ; 酸|sour                 ; -            ; 树上|on trees
橘子|tangerine|个    ; 橙色|orange  ; 酸甜|sweet and sour     ; 冬天|winter  ; 树上|on trees
梨|pear|个           ; 黄色|yellow  ; 甜|sweet                ; 秋天|autumn  ; 树上|on trees
李子|plum|个         ; 紫红色|dark red ; 酸甜|sweet and sour  ; 夏天|summer  ; 树上|on trees
樱桃|cherry|颗       ; 红色|red     ; 甜|sweet                ; 春末|late spring ; 树上|on trees
荔枝|lychee|颗       ; 红色|red     ; 甜|sweet                ; 夏天|summer  ; 树上|on trees
芒果|mango|个        ; 金黄色|golden ; 甜|sweet               ; 夏天|summer  ; 树上|on trees
柿子|persimmon|个    ; 橙红色|orange-red ; 甜|sweet           ; 秋天|autumn  ; 树上|on trees
杏|apricot|个        ; 橙黄色|orange-yellow ; 酸甜|sweet and sour ; 初夏|early summer ; 树上|on trees
山楂|hawthorn berry|颗 ; 红色|red   ; 酸|sour                 ; 秋天|autumn  ; 树上|on trees
`;

export const seasons = `
name          ; months                                             ; weather            ; flower
春天|spring   ; 三月到五月|from March to May                       ; 温暖|warm          ; 桃花|peach blossom
夏天|summer   ; 六月到八月|from June to August                     ; 炎热|hot           ; 荷花|the lotus
秋天|autumn   ; 九月到十一月|from September to November            ; 凉爽|cool          ; 菊花|the chrysanthemum
冬天|winter   ; 十二月到二月|from December to February             ; 寒冷|cold          ; 梅花|plum blossom
`;

export const things = `
name                        ; use                                           ; material
雨伞|umbrella|把            ; 挡雨|keep off the rain                        ; 布和铁|cloth and iron
灯笼|lantern|盏             ; 照亮夜路|light the way at night               ; 纸和竹子|paper and bamboo
扇子|fan|把                 ; 扇风|make a breeze                            ; 纸和竹子|paper and bamboo
筷子|pair of chopsticks|双  ; 夹菜|pick up food                             ; 竹子|bamboo
毛笔|writing brush|支       ; 写字|write characters                         ; 竹子和羊毛|bamboo and wool
茶壶|teapot|把              ; 泡茶|make tea                                 ; 陶土|clay
剪刀|pair of scissors|把    ; 剪纸|cut paper                                ; 钢|steel
镜子|mirror|面              ; 看自己的脸|look at your own face              ; 玻璃|glass
梯子|ladder|架              ; 爬到高处|climb up high                        ; 木头|wood
篮子|basket|个              ; 装水果|carry fruit                            ; 竹子|bamboo
钟|clock|座                 ; 看时间|tell the time                          ; 木头和铜|wood and brass
钥匙|key|把                 ; 开门|open doors                               ; 铜|brass
船|boat|条                  ; 过河|cross the river                          ; 木头|wood
鼓|drum|面                  ; 打节拍|beat time                              ; 木头和牛皮|wood and leather
被子|quilt|床               ; 晚上保暖|keep warm at night                   ; 棉花|cotton
桌子|table|张               ; 放碗和书|put bowls and books on             ; 木头|wood
笛子|bamboo flute|支        ; 吹曲子|play tunes                             ; 竹子|bamboo
枕头|pillow|个              ; 垫着头睡觉|rest your head                     ; 棉布|cotton cloth
帽子|hat|顶                 ; 遮太阳|keep off the sun                       ; 草|straw
望远镜|telescope|架         ; 看远处的星星|look at distant stars            ; 玻璃和铜|glass and brass
`;
