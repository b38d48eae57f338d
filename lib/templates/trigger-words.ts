import type { TemplateTrigger, TriggerOperator } from './model.ts'

/**
 * Words of rollback triggers in the languages of real checklists. Where a language puts spaces between its words they are looked
 * for as whole words, elsewhere (`JOINED`) anywhere.
 */
export const GOING_BACK = [
  ...['rollback', 'roll back', 'rolling back', 'revert', 'reverting', 'abort', 'backout', 'back out'],
  ...[
    'zurückrollen',
    'zurücksetzen',
    'rückfall',
    'terugdraaien',
    'återställning',
    'retour arrière',
    'revenir en arrière',
    'annulation',
  ],
  ...[
    'revertir',
    'reversión',
    'reversion',
    'reversa',
    'reversão',
    'reverter',
    'ripristino',
    'annullamento',
    'wycofanie',
    'wycofania',
  ],
  ...[
    'откат',
    'отката',
    'откатить',
    'откату',
    'відкат',
    'відкату',
    'geri alma',
    'geri al',
    'geri dönüş',
    'التراجع',
    'تراجع',
    'الاسترجاع',
    'שחזור',
    'חזרה לאחור',
    'بازگشت',
  ],
]
export const CONDITION = [
  ...[
    'trigger',
    'triggers',
    'criteria',
    'criterion',
    'condition',
    'conditions',
    'when',
    'if',
    'thresholds',
    'threshold',
  ],
  ...[
    'kriterien',
    'bedingungen',
    'auslöser',
    'bei',
    'wenn',
    'falls',
    'criteria',
    'voorwaarden',
    'critères',
    'conditions',
    'déclencheurs',
    'si',
    'en cas',
  ],
  ...[
    'criterios',
    'condiciones',
    'disparadores',
    'cuando',
    'critérios',
    'condições',
    'gatilhos',
    'quando',
    'se',
    'criteri',
    'condizioni',
    'warunki',
    'kryteria',
  ],
  ...[
    'условия',
    'критерии',
    'триггеры',
    'если',
    'при',
    'умови',
    'критерії',
    'koşulları',
    'kriterleri',
    'durumunda',
    'tetikleyiciler',
    'tetikleyicileri',
  ],
  ...['شروط', 'معايير', 'محفزات', 'أسباب', 'إذا', 'תנאים', 'קריטריונים', 'شرایط'],
]
export const GOING_BACK_JOINED = /回滚|回退|ロールバック|切り戻し|切戻し|롤백/u
export const CONDITION_JOINED = /条件|触发|標準|标准|基準|トリガー|判断|場合|조건|기준|트리거/u
/** In the plural these mean it without a word for going back. */
export const PLURAL = /(?<![^ ])(?:triggers|auslöser|déclencheurs|disparadores|gatilhos|триггеры)(?![^ ])/u

/** Names of metrics by the words for them; the first hit counts, so the narrower ones stand first. */
export const METRICS: [RegExp, string][] = [
  [word('p50|median'), 'latency_p50'],
  [word('p90'), 'latency_p90'],
  [word('p95|95th percentile'), 'latency_p95'],
  [word('p99|99th percentile'), 'latency_p99'],
  [
    word(
      '(?:error|errors|failure|5xx|500|http 5xx) (?:rate|rates|ratio|percentage)|errors?|5xx|fehlerrate|fehlerquote|foutpercentage|felfrekvens|taux d erreurs?|tasa de errore?s?|tasa de fallos|taxa de erros?|tasso di errore|(?:уровень|доля|процент|частота|количество) ошибок|ошиб(?:ки|ок)|рівень помилок|hata oranı|معدل الأخطاء|معدل الخطأ|نسبة الأخطاء|שיעור השגיאות',
    ),
    'error_rate',
  ],
  [/错误率|錯誤率|エラー率|エラーレート|오류율|에러율/u, 'error_rate'],
  [
    word(
      'latency|response times?|response|load time|latenz|antwortzeit|antwortzeiten|reactietijd|svarstid|latence|temps de réponse|latencia|tiempos? de respuesta|latência|tempo de resposta|latenza|tempo di risposta|время (?:ответа|отклика)|задержка|час відповіді|yanıt süresi|gecikme|زمن الاستجابة|وقت الاستجابة|זמן תגובה',
    ),
    'latency',
  ],
  [/响应时间|延迟|応答時間|レスポンスタイム|レイテンシー?|응답 ?시간|지연/u, 'latency'],
  [word('cpu|цп'), 'cpu'],
  [
    word('memory|ram|speicher|speicherauslastung|mémoire|memoria|memória|память|памяти|bellek|الذاكرة'),
    'memory',
  ],
  [/内存|メモリ|메모리/u, 'memory'],
  [word('disk|disque|disco|festplatte|диск|диска|القرص'), 'disk'],
  [/磁盘|ディスク|디스크/u, 'disk'],
  [
    word(
      'availability|uptime|success rate|verfügbarkeit|disponibilité|disponibilidad|disponibilidade|disponibilità|доступность|erişilebilirlik|التوفر',
    ),
    'availability',
  ],
  [/可用性|成功率|稼働率|가용성/u, 'availability'],
  [word('crash|crashes|crash rate|restarts?|abstürze|plantages|caídas'), 'crashes'],
  [
    word(
      'downtime|outage|unavailable|down|ausfall|ausfallzeit|indisponibilité|caída|простой|недоступ\\p{L}*|kesinti',
    ),
    'downtime',
  ],
  [/宕机|停机|ダウンタイム|停止時間/u, 'downtime'],
]

/** Signs and words of comparison. `post`: the number may stand before it, as in "5%'in üzerinde" or "5%を超える". */
export const OPERATORS: [TriggerOperator, RegExp][] = [
  [
    '>=',
    />=|≥|at least|or more|mindestens|au moins|al menos|pelo menos|не менее|en az|至少|以上|이상|على الأقل/u,
  ],
  ['<=', /<=|≤|at most|höchstens|au plus|como máximo|no máximo|не более|en fazla|至多|以下|이하|على الأكثر/u],
  [
    '>',
    />|exceed(?:s|ed|ing)?|above|over|more than|greater than|higher than|übersteigt|überschreitet|(?<!\p{L})über(?!\p{L})|mehr als|größer als|höher als|hoger dan|meer dan|dépass(?:e|ent)|supérieur[es]* à|plus de|au[- ]dessus de|super[ae]n?|excede|mayor (?:que|a)|más de|superior a|por encima de|maior que|mais de|acima de|superiore a|oltre|più di|превыша(?:ет|ют)|выше|больше|более|перевищує|понад|üzerinde|aş(?:arsa|ması|tığında|ar)|fazla|超过|超過|大于|高于|を超え|超える|초과|يتجاوز|تجاوز|أكثر من|أعلى من|מעל|יותר מ/u,
  ],
  [
    '<',
    /<|below|under|less than|lower than|drops? to|(?<!\p{L})unter(?!\p{L})|weniger als|kleiner als|minder dan|lager dan|inférieur[es]* à|moins de|en dessous de|menor (?:que|a)|menos de|inferior a|por debajo de|abaixo de|inferiore a|meno di|sotto|ниже|меньше|менее|нижче|altında|düşerse|低于|小于|少于|を下回|未満|미만|أقل من|מתחת/u,
  ],
]

/** "Degrades by 50 %" compares with what was before, which no fixed threshold says. */
export const RELATIVE =
  /\b(?:degrad\p{L}*|increas\p{L}*|decreas\p{L}*|drops?|rises?|grows?) (?:by|of)\b|degradation|compared (?:to|with)|vs\.? baseline|baseline|(?<!\p{L})um (?:mehr als )?\d|gegenüber|par rapport à|respecto a/u

export const QUANTITY = new RegExp(
  // Turkish puts the sign first.
  `(?<percent>%\\s?)?(\\d+(?:[.,]\\d+)?)\\s*(${[
    '%|percent\\b|prozent|pour ?cent|por ?ciento|por ?cento|процент\\p{L}*|％',
    'ms\\b|milliseconds?\\b|millisekunden|millisecondes|milisegundos|мс|миллисекунд\\p{L}*|毫秒|ミリ秒|밀리초',
    'seconds?\\b|secs?\\b|s\\b|sekunden?|secondes?|segundos?|secondi|секунд\\p{L}*|сек|saniye|秒|초|ثانية|ثوان|שניות',
    'minutes?\\b|mins?\\b|minuten?|minutos?|minuti|минут\\p{L}*|мин|dakika|分钟|分鐘|分|분|دقيقة|دقائق|דקות',
    'hours?\\b|h\\b|stunden?|heures?|horas?|ore\\b|час\\p{L}*|saat|小时|小時|時間|시간|ساعة|שעות',
  ].join('|')})?`,
  'gu',
)

export const UNITS: [RegExp, NonNullable<TemplateTrigger['unit']>][] = [
  [/^(?:%|percent|prozent|pour|por|процент|％)/u, '%'],
  [/^(?:ms|milli|mili|мс|миллисекунд|毫秒|ミリ秒|밀리초)/u, 'ms'],
  [/^(?:m|мин|dakika|分|분|دق|דקות)/u, 'min'],
  [/^(?:sec|s$|s\b|seg|sek|сек|saniye|秒|초|ث|שניות)/u, 's'],
  [/^(?:h|stunde|ore|час|saat|小时|小時|時間|시간|ساعة|שעות)/u, 'h'],
]

function word(pattern: string): RegExp {
  return new RegExp(`(?<![^ ])(?:${pattern})(?![^ ])`, 'u')
}
