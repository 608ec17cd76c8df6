import type { PoemRow } from './poem.ts';

/** 五言律诗: eight lines of five characters, the middle couplets parallel. */
export const fiveCharacterRegulated: readonly PoemRow[] = [
  {
    title: '春望',
    english: 'Spring View',
    author: '杜甫',
    text: '国破山河在，城春草木深。感时花溅泪，恨别鸟惊心。烽火连三月，家书抵万金。白头搔更短，浑欲不胜簪。',
  },
  {
    title: '春夜喜雨',
    english: 'Welcome Rain on a Spring Night',
    author: '杜甫',
    text: '好雨知时节，当春乃发生。随风潜入夜，润物细无声。野径云俱黑，江船火独明。晓看红湿处，花重锦官城。',
  },
  {
    title: '月夜忆舍弟',
    english: 'Remembering My Brothers on a Moonlit Night',
    author: '杜甫',
    text: '戍鼓断人行，边秋一雁声。露从今夜白，月是故乡明。有弟皆分散，无家问死生。寄书长不达，况乃未休兵。',
  },
  {
    title: '旅夜书怀',
    english: 'Thoughts on a Night Journey',
    author: '杜甫',
    text: '细草微风岸，危樯独夜舟。星垂平野阔，月涌大江流。名岂文章著，官应老病休。飘飘何所似，天地一沙鸥。',
  },
  {
    title: '登岳阳楼',
    english: 'Climbing Yueyang Tower',
    author: '杜甫',
    text: '昔闻洞庭水，今上岳阳楼。吴楚东南坼，乾坤日夜浮。亲朋无一字，老病有孤舟。戎马关山北，凭轩涕泗流。',
  },
  {
    title: '山居秋暝',
    english: 'Autumn Evening in the Hills',
    author: '王维',
    text: '空山新雨后，天气晚来秋。明月松间照，清泉石上流。竹喧归浣女，莲动下渔舟。随意春芳歇，王孙自可留。',
  },
  {
    title: '使至塞上',
    english: 'On a Mission to the Frontier',
    author: '王维',
    text: '单车欲问边，属国过居延。征蓬出汉塞，归雁入胡天。大漠孤烟直，长河落日圆。萧关逢候骑，都护在燕然。',
  },
  {
    title: '终南别业',
    english: 'My Cottage at Zhongnan',
    author: '王维',
    text: '中岁颇好道，晚家南山陲。兴来每独往，胜事空自知。行到水穷处，坐看云起时。偶然值林叟，谈笑无还期。',
  },
  {
    title: '过故人庄',
    english: "Visiting an Old Friend's Farm",
    author: '孟浩然',
    text: '故人具鸡黍，邀我至田家。绿树村边合，青山郭外斜。开轩面场圃，把酒话桑麻。待到重阳日，还来就菊花。',
  },
  {
    title: '望洞庭湖赠张丞相',
    english: 'Lake Dongting: To Minister Zhang',
    author: '孟浩然',
    text: '八月湖水平，涵虚混太清。气蒸云梦泽，波撼岳阳城。欲济无舟楫，端居耻圣明。坐观垂钓者，徒有羡鱼情。',
  },
  {
    title: '赋得古原草送别',
    english: 'Grass on the Old Plain: A Farewell',
    author: '白居易',
    text: '离离原上草，一岁一枯荣。野火烧不尽，春风吹又生。远芳侵古道，晴翠接荒城。又送王孙去，萋萋满别情。',
  },
  {
    title: '送友人',
    english: 'Seeing Off a Friend',
    author: '李白',
    text: '青山横北郭，白水绕东城。此地一为别，孤蓬万里征。浮云游子意，落日故人情。挥手自兹去，萧萧班马鸣。',
  },
  {
    title: '渡荆门送别',
    english: 'Farewell beyond Jingmen',
    author: '李白',
    text: '渡远荆门外，来从楚国游。山随平野尽，江入大荒流。月下飞天镜，云生结海楼。仍怜故乡水，万里送行舟。',
  },
  {
    title: '送杜少府之任蜀州',
    english: 'Seeing Du Off to Shuzhou',
    author: '王勃',
    text: '城阙辅三秦，风烟望五津。与君离别意，同是宦游人。海内存知己，天涯若比邻。无为在歧路，儿女共沾巾。',
  },
  {
    title: '次北固山下',
    english: 'Stopping below Mount Beigu',
    author: '王湾',
    text: '客路青山外，行舟绿水前。潮平两岸阔，风正一帆悬。海日生残夜，江春入旧年。乡书何处达，归雁洛阳边。',
  },
  {
    title: '望月怀远',
    english: 'The Moon, and One Far Away',
    author: '张九龄',
    text: '海上生明月，天涯共此时。情人怨遥夜，竟夕起相思。灭烛怜光满，披衣觉露滋。不堪盈手赠，还寝梦佳期。',
  },
  {
    title: '题破山寺后禅院',
    english: 'Behind Poshan Temple',
    author: '常建',
    text: '清晨入古寺，初日照高林。曲径通幽处，禅房花木深。山光悦鸟性，潭影空人心。万籁此都寂，但余钟磬音。',
  },
  {
    title: '在狱咏蝉',
    english: 'The Cicada, Written in Prison',
    author: '骆宾王',
    text: '西陆蝉声唱，南冠客思深。不堪玄鬓影，来对白头吟。露重飞难进，风多响易沉。无人信高洁，谁为表予心。',
  },
  {
    title: '听蜀僧濬弹琴',
    english: 'Hearing the Monk Jun Play',
    author: '李白',
    text: '蜀僧抱绿绮，西下峨眉峰。为我一挥手，如听万壑松。客心洗流水，余响入霜钟。不觉碧山暮，秋云暗几重。',
  },
];

/** 七言律诗: eight lines of seven characters. */
export const sevenCharacterRegulated: readonly PoemRow[] = [
  {
    title: '黄鹤楼',
    english: 'Yellow Crane Tower',
    author: '崔颢',
    text: '昔人已乘黄鹤去，此地空余黄鹤楼。黄鹤一去不复返，白云千载空悠悠。晴川历历汉阳树，芳草萋萋鹦鹉洲。日暮乡关何处是，烟波江上使人愁。',
  },
  {
    title: '登高',
    english: 'Climbing High',
    author: '杜甫',
    text: '风急天高猿啸哀，渚清沙白鸟飞回。无边落木萧萧下，不尽长江滚滚来。万里悲秋常作客，百年多病独登台。艰难苦恨繁霜鬓，潦倒新停浊酒杯。',
  },
  {
    title: '蜀相',
    english: 'The Minister of Shu',
    author: '杜甫',
    text: '丞相祠堂何处寻，锦官城外柏森森。映阶碧草自春色，隔叶黄鹂空好音。三顾频烦天下计，两朝开济老臣心。出师未捷身先死，长使英雄泪满襟。',
  },
  {
    title: '客至',
    english: 'A Guest Arrives',
    author: '杜甫',
    text: '舍南舍北皆春水，但见群鸥日日来。花径不曾缘客扫，蓬门今始为君开。盘飧市远无兼味，樽酒家贫只旧醅。肯与邻翁相对饮，隔篱呼取尽余杯。',
  },
  {
    title: '闻官军收河南河北',
    english: 'Hearing That the Army Has Won',
    author: '杜甫',
    text: '剑外忽传收蓟北，初闻涕泪满衣裳。却看妻子愁何在，漫卷诗书喜欲狂。白日放歌须纵酒，青春作伴好还乡。即从巴峡穿巫峡，便下襄阳向洛阳。',
  },
  {
    title: '锦瑟',
    english: 'The Brocade Zither',
    author: '李商隐',
    text: '锦瑟无端五十弦，一弦一柱思华年。庄生晓梦迷蝴蝶，望帝春心托杜鹃。沧海月明珠有泪，蓝田日暖玉生烟。此情可待成追忆，只是当时已惘然。',
  },
  {
    title: '无题·相见时难',
    english: 'Untitled: Hard to Meet',
    author: '李商隐',
    text: '相见时难别亦难，东风无力百花残。春蚕到死丝方尽，蜡炬成灰泪始干。晓镜但愁云鬓改，夜吟应觉月光寒。蓬山此去无多路，青鸟殷勤为探看。',
  },
  {
    title: '无题·昨夜星辰',
    english: "Untitled: Last Night's Stars",
    author: '李商隐',
    text: '昨夜星辰昨夜风，画楼西畔桂堂东。身无彩凤双飞翼，心有灵犀一点通。隔座送钩春酒暖，分曹射覆蜡灯红。嗟余听鼓应官去，走马兰台类转蓬。',
  },
  {
    title: '钱塘湖春行',
    english: 'Spring Walk by West Lake',
    author: '白居易',
    text: '孤山寺北贾亭西，水面初平云脚低。几处早莺争暖树，谁家新燕啄春泥。乱花渐欲迷人眼，浅草才能没马蹄。最爱湖东行不足，绿杨阴里白沙堤。',
  },
  {
    title: '登金陵凤凰台',
    english: 'On Phoenix Terrace at Jinling',
    author: '李白',
    text: '凤凰台上凤凰游，凤去台空江自流。吴宫花草埋幽径，晋代衣冠成古丘。三山半落青天外，二水中分白鹭洲。总为浮云能蔽日，长安不见使人愁。',
  },
  {
    title: '酬乐天扬州初逢席上见赠',
    english: 'Answering Bai Juyi at Yangzhou',
    author: '刘禹锡',
    text: '巴山楚水凄凉地，二十三年弃置身。怀旧空吟闻笛赋，到乡翻似烂柯人。沉舟侧畔千帆过，病树前头万木春。今日听君歌一曲，暂凭杯酒长精神。',
  },
];

/** 古体诗: older forms, free in length and tone. */
export const oldStyle: readonly PoemRow[] = [
  {
    title: '咏鹅',
    english: 'The Goose',
    author: '骆宾王',
    text: '鹅，鹅，鹅，曲项向天歌。白毛浮绿水，红掌拨清波。',
  },
  {
    title: '登幽州台歌',
    english: 'On Youzhou Terrace',
    author: '陈子昂',
    text: '前不见古人，后不见来者。念天地之悠悠，独怆然而涕下。',
  },
  {
    title: '游子吟',
    english: 'Song of the Wanderer',
    author: '孟郊',
    text: '慈母手中线，游子身上衣。临行密密缝，意恐迟迟归。谁言寸草心，报得三春晖。',
  },
  {
    title: '望岳',
    english: 'Gazing at Mount Tai',
    author: '杜甫',
    text: '岱宗夫如何？齐鲁青未了。造化钟神秀，阴阳割昏晓。荡胸生曾云，决眦入归鸟。会当凌绝顶，一览众山小。',
  },
  {
    title: '月下独酌',
    english: 'Drinking Alone under the Moon',
    author: '李白',
    text: '花间一壶酒，独酌无相亲。举杯邀明月，对影成三人。月既不解饮，影徒随我身。暂伴月将影，行乐须及春。我歌月徘徊，我舞影零乱。醒时同交欢，醉后各分散。永结无情游，相期邈云汉。',
  },
  {
    title: '子夜吴歌·秋歌',
    english: 'Ziye Song: Autumn',
    author: '李白',
    text: '长安一片月，万户捣衣声。秋风吹不尽，总是玉关情。何日平胡虏，良人罢远征。',
  },
];
