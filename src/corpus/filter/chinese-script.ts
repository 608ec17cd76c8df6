/**
 * Frequent characters that differ between the two Chinese scripts, in pairs: each that stands first is
 * written in simplified Chinese only, each that follows it in traditional Chinese only.
 */
const pairs =
  '这這们們来來时時说說国國学學会會对對为為过過还還没沒经經现現开開关關长長门門问問间間见見觉覺' +
  '话話语語认認识識读讀书書写寫让讓谁誰请請谢謝词詞诗詩议議论論记記讲講设設证證评評试試该該详詳' +
  '车車东東乐樂两兩严嚴个個义義习習乡鄉买買卖賣云雲产產亲親从從众眾优優传傳伤傷体體儿兒党黨军軍' +
  '农農决決减減几幾凤鳳击擊动動务務劳勞势勢医醫华華单單卫衛压壓厂廠厅廳历歷县縣双雙发發变變号號' +
  '员員听聽启啟响響园園围圍图圖圆圓场場块塊坏壞处處备備头頭夹夾妇婦妈媽孙孫宁寧宝寶实實审審宽寬' +
  '层層岁歲岛島师師带帶帮幫广廣应應张張强強归歸录錄总總恶惡惊驚愿願战戰户戶执執扩擴报報担擔择擇' +
  '据據换換数數断斷无無旧舊显顯权權条條样樣标標树樹机機杀殺杂雜极極构構桥橋梦夢检檢楼樓欢歡' +
  '毕畢气氣汉漢汤湯沟溝测測济濟浅淺满滿湾灣灯燈灵靈点點热熱爱愛爷爺牵牽犹猶独獨狮獅猎獵环環电電' +
  '画畫疗療皱皺盘盤确確礼禮离離种種积積称稱穷窮笔筆简簡类類红紅约約级級纪紀纯純纳納纸紙线線练練' +
  '组組细細终終绝絕统統继繼续續维維绿綠罗羅职職联聯脑腦节節艺藝药藥获獲虑慮虽雖补補装裝规規视視' +
  '计計订訂训訓许許诉訴诚誠误誤调調谈談贝貝财財责責贵貴费費资資赛賽赵趙轮輪软軟轻輕载載较較辆輛' +
  '输輸边邊达達迁遷运運进進远遠连連迟遲适適选選递遞邮郵郑鄭释釋里裡针針钟鐘钢鋼钱錢铁鐵银銀锁鎖' +
  '错錯镇鎮闭閉闲閑阳陽阴陰阵陣阶階际際陆陸陈陳险險随隨难難页頁项項顺順须須顾顧预預领領频頻题題' +
  '颜顏风風飞飛饭飯饮飲馆館马馬驾駕骑騎鱼魚鸟鳥鸡雞鸣鳴麦麥黄黃齐齊龙龍';

let scripts: Map<string, 'Hans' | 'Hant'> | undefined;

/** The script of a Chinese text, by which of those characters it has more; a tie is simplified. */
export function chineseScript(text: string): 'Hans' | 'Hant' {
  scripts ??= new Map(
    Array.from(pairs, (character, i) => [character, i % 2 === 0 ? 'Hans' : 'Hant'] as const).filter(
      ([character]) => !inBoth.has(character),
    ),
  );
  let balance = 0;
  for (let at = 0; at < text.length && at < maxRead; at++) {
    const script = scripts.get(text.charAt(at));
    if (script === 'Hans') balance++;
    if (script === 'Hant') balance--;
  }
  return balance < 0 ? 'Hant' : 'Hans';
}

/** Old simple forms that traditional texts write as well, with a meaning of their own. */
const inBoth: ReadonlySet<string> = new Set('云几从里夹');

/** In code units; enough to be sure, and no more of a book. */
const maxRead = 4_000;
