export type BoundUnit = '%' | 'ms' | 's' | 'm' | 'h' | 'd' | 'MB' | 'GB'

/** A limit that a line states, such as `< 0.1 %` or `95%以上`. */
export type Bound = {
  op: '<' | '<=' | '>' | '>='
  /** A decimal with a point. */
  value: string
  unit: BoundUnit
  /** Where it begins in the line, and how the line wrote it. */
  index: number
  quote: string
}

/** A number with a unit that no limit is said of, such as "30 days" or "15 min". */
export type Amount = Omit<Bound, 'op'>

const UNITS: readonly [BoundUnit, string][] = [
  ['%', '% percent prozent pourcent процент процента процентов パーセント'],
  [
    'ms',
    'ms msec millisecond milliseconds millisekunden millisecondes milisegundos milisaniye мс миллисекунд ミリ秒 毫秒',
  ],
  [
    's',
    's sn sec secs second seconds sekunde sekunden seconde secondes segundo segundos saniye с сек секунд секунды 秒 ثانية ثوان',
  ],
  [
    'm',
    'm min mins minute minutes minuten minuto minutos dk dakika мин минут минуты 分 分間 分钟 دقيقة دقائق',
  ],
  [
    'h',
    'h hr hrs hour hours std stunde stunden heure heures hora horas saat ч час часа часов 小时 時間 ساعة ساعات',
  ],
  ['d', 'd day days tag tage tagen jour jours día días dia dias gün день дня дней 日 天 يوم يوما أيام'],
  ['MB', 'mb mib мб'],
  ['GB', 'gb gib гб'],
]

/** Said before the number. */
const BEFORE: readonly [Bound['op'], string][] = [
  [
    '<=',
    '<=|≤|at most|no more than|not more than|up to|max|max.|maximum|höchstens|maximal|au plus|como máximo|en fazla|не более|не выше|不超过|على الأكثر',
  ],
  [
    '>=',
    '>=|≥|at least|no less than|not less than|min|min.|minimum|mindestens|au moins|al menos|como mínimo|en az|не менее|не ниже|不低于|至少|على الأقل',
  ],
  [
    '<',
    '<|under|below|less than|lower than|within|unter|weniger als|moins de|inférieur à|inférieure à|en dessous de|menos de|inferior a|menor a|menor que|por debajo de|менее|меньше|ниже|低于|小于|少于|أقل من',
  ],
  [
    '>',
    '>|over|above|more than|greater than|higher than|über|mehr als|plus de|supérieur à|supérieure à|más de|superior a|mayor a|mayor que|более|больше|выше|高于|大于|超过|أكثر من',
  ],
]

/** Said behind it. */
const BEHIND: readonly [Bound['op'], string][] = [
  ['<', '未満|altında|or below|or under'],
  ['<=', '以下|以内|or less|oder weniger|ou moins|o menos|или менее|veya az'],
  ['>=', '以上|or more|oder mehr|ou plus|o más|или более|veya fazla'],
  ['>', '超|üzerinde|üstünde'],
]

const longestFirst = <T extends string>(rows: readonly [T, string][], separator: string) =>
  rows
    .flatMap(([meaning, words]) => words.split(separator).map((word) => ({ meaning, word })))
    .sort((one, other) => other.word.length - one.word.length)

const UNIT_WORDS = longestFirst(UNITS, ' ')
const BEFORE_WORDS = longestFirst(BEFORE, '|')
const BEHIND_WORDS = longestFirst(BEHIND, '|')
/** Scripts that put no blank between words, so that a word may end where a letter follows. */
const UNSPACED = /[\u3040-\u30ff\u4e00-\u9fff]/u
const LETTER = /[\p{L}\p{N}_]/u
const FARTHEST = 24
/** "7 derniers jours", "in den 7 letzten Tagen". */
const FILLER = /^ (?:(?:derniers|dernières|last|letzten|últimos|últimas|son|последних|последние) )?/u

/** Every number with its unit in a line, as `lineOf` gives it: lower case, NFKC, one blank at a time. */
export function readAmounts(line: string): Amount[] {
  return numbersOf(line).map(({ start, end, value, unit }) => ({
    value,
    unit,
    index: start,
    quote: line.slice(start, end),
  }))
}

/** Every limit in a line, in its order. What is half a limit (no unit, no direction, a number that could be two) is none. */
export function readBounds(line: string): Bound[] {
  return numbersOf(line).flatMap(({ start, end, value, unit }) => {
    const before = line.slice(Math.max(0, start - FARTHEST), start).trimEnd()
    const ahead = BEFORE_WORDS.find(({ word }) => endsWithWord(before, word))
    if (ahead !== undefined) {
      const index = line.lastIndexOf(ahead.word, start)
      return [{ op: ahead.meaning, value, unit, index, quote: line.slice(index, end) }]
    }
    // A case ending may stand between: "%1'in altında", "500 ms'nin altında".
    const rest = line.slice(end, end + FARTHEST)
    const ending = /^['’]\p{L}{1,4}/u.exec(rest)?.[0] ?? ''
    const behind = rest.slice(ending.length).trimStart()
    const found = BEHIND_WORDS.find(({ word }) => startsWithWord(behind, word))
    if (found === undefined) return []
    const last = line.indexOf(found.word, end) + found.word.length
    return [{ op: found.meaning, value, unit, index: start, quote: line.slice(start, last) }]
  })
}

type Measured = { start: number; end: number; value: string; unit: BoundUnit }

function numbersOf(line: string): Measured[] {
  return [...line.matchAll(/(%\s?)?(?<![\p{L}\p{N}.,])(\d{1,9}(?:[.,]\d{1,6})?)(?![\p{N}])/gu)].flatMap(
    ({ index, 0: whole, 1: percent, 2: written = '' }) => {
      const end = index + whole.length
      const number = { start: index, value: written.replace(',', '.') }
      if (percent !== undefined) return [{ ...number, end, unit: '%' as const }]
      const gap = FILLER.exec(line.slice(end, end + FARTHEST))?.[0].length ?? 0
      const rest = line.slice(end + gap, end + gap + FARTHEST)
      const found = UNIT_WORDS.find(({ word }) => startsWithWord(rest, word))
      if (found === undefined || couldBeThousands(written, found.meaning)) return []
      return [{ ...number, end: end + gap + found.word.length, unit: found.meaning }]
    },
  )
}

/** "1,500 ms" is one and a half in one country and fifteen hundred in another; percentages are never in thousands. */
function couldBeThousands(written: string, unit: BoundUnit): boolean {
  return unit !== '%' && /^[1-9]\d{0,2}[.,]\d{3}$/.test(written)
}

function endsWithWord(text: string, word: string): boolean {
  if (!text.endsWith(word)) return false
  const before = text.charAt(text.length - word.length - 1)
  const first = word.charAt(0)
  if (!LETTER.test(first)) return !/[<>=-]/.test(before)
  return UNSPACED.test(first) || !LETTER.test(before)
}

function startsWithWord(text: string, word: string): boolean {
  if (!text.startsWith(word)) return false
  const last = word.charAt(word.length - 1)
  return !LETTER.test(last) || UNSPACED.test(last) || !LETTER.test(text.charAt(word.length))
}
