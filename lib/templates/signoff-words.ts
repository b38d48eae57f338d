import { withoutComments } from './inline-comments.ts'
import type { SignoffColumn } from './model.ts'
import { wordsOf } from './stages.ts'

const LONGEST_LABEL = 400

/** Words of sign-off forms in the languages that real checklists are written in, as `wordsOf` gives them. */
const COLUMNS: Record<Exclude<SignoffColumn, 'other'>, string[]> = {
  role: [
    ...['role', 'roles', 'function', 'position', 'title', 'approver', 'responsibility'],
    ...[
      'rolle',
      'funktion',
      'rôle',
      'fonction',
      'rol',
      'cargo',
      'función',
      'funcion',
      'ruolo',
      'papel',
      'função',
    ],
    ...[
      'роль',
      'должность',
      'görev',
      'ünvan',
      'unvan',
      'الدور',
      'المنصب',
      'الوظيفة',
      '角色',
      '职位',
      '役割',
      '役職',
      '역할',
    ],
  ],
  name: [
    ...['name', 'names', 'full name', 'print name', 'person', 'nom', 'nombre', 'nome', 'имя', 'фио'],
    ...['ad', 'isim', 'ad soyad', 'adı soyadı', 'الاسم', 'اسم', '姓名', '氏名', '名前', '이름'],
  ],
  date: [
    ...[
      'date',
      'date time',
      'datum',
      'fecha',
      'data',
      'tarih',
      'дата',
      'التاريخ',
      'تاريخ',
      '日期',
      '日付',
      '날짜',
    ],
    ...['date utc', 'signed at', 'signed on'],
  ],
  signature: [
    ...[
      'signature',
      'signatures',
      'sign off',
      'signoff',
      'signed',
      'signed off',
      'approval',
      'approved',
      'initials',
    ],
    ...[
      'firma',
      'unterschrift',
      'assinatura',
      'imza',
      'подпись',
      'التوقيع',
      'توقيع',
      '签名',
      '签字',
      '署名',
      '서명',
    ],
  ],
}

const HEADING_WORDS =
  /(?<![^ ])(?:sign offs?|signoffs?|signatures?|signatories|approvals?|unterschrift(?:en)?|freigaben?|firmas?|assinaturas?|imza(?:lar)?|onay(?:lar)?|подпис[ьи]|التوقيعات?|签字|签名|署名|承認)(?![^ ])/u

/** Labels of a form that are no person's role, so that a phone number is never taken for a slot. */
const NO_ROLE =
  /(?<![^ ])(?:notes?|comments?|e ?mail|phone|url|version|time|window|duration|total|contact|status|reason|issue|result|actual|target|number|start|end|support|date|datum|fecha|tarih|дата|التاريخ|البريد|الهاتف|telefon|tel)(?![^ ])/u

/** What a column or a label of a form asks for; both halves of a bilingual "الاسم / Name" are looked at. */
export function columnOf(label: string): SignoffColumn {
  const whole = wordsOf(label)
  const words = [whole, ...label.split(/[/|(]/).map(wordsOf)]
  for (const [column, known] of Object.entries(COLUMNS) as [Exclude<SignoffColumn, 'other'>, string[]][])
    if (words.some((word) => known.includes(word))) return column
  return 'other'
}

/** True for a heading or a bold line under which people sign. */
export function isSignoffHeading(title: string): boolean {
  return HEADING_WORDS.test(wordsOf(title))
}

/** True for a label that can name who signs. */
export function canNameRole(label: string): boolean {
  const words = wordsOf(label)
  return /\p{L}/u.test(words) && words.length <= 60 && columnOf(label) === 'other' && !NO_ROLE.test(words)
}

/** A role's name as written, without box, emphasis, blanks and the closing colon. */
export function cleanRole(label: string): string {
  const text = label.slice(0, LONGEST_LABEL)
  return withoutComments({ text, start: 0, end: text.length })
    .replace(/^[\s>]*(?:[-*+]|\d+[.)])?\s*(?:\[[ xX]?\]|[☐☑⬜✅])?\s*/u, '')
    .replace(/[*_`]+/g, '')
    .replace(/\s+/g, ' ')
    .replace(/[\s:：]+$/u, '')
    .trim()
}
