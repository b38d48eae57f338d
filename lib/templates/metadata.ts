import { factOfLabel } from './fact-words.ts'
import { frontMatterValue } from './front-matter.ts'
import { lineCount, lineText, type Source } from './source.ts'
import { wordsOf } from './stages.ts'

const EDGE = 20
const LONGEST_LINE = 200
const LABELLED = /^[\s>*_-]*([\p{L}][\p{L}\p{M}\s/-]{1,60}?)[*_]*\s*[:：][*_\s]*(\S.{0,58}?)[*_\s]*$/u

/** Labels of a document's own version and date, as `wordsOf` gives them. */
const VERSION = [
  ...[
    'version',
    'document version',
    'template version',
    'checklist version',
    'doc version',
    'revision',
    'versie',
    'versión',
    'versão',
    'versione',
    'wersja',
  ],
  ...[
    'version du document',
    'dokumentversion',
    'версия',
    'версия документа',
    'версія',
    'versiyon',
    'sürüm',
    'kontrol listesi versiyonu',
  ],
  ...['版本', '文档版本', 'バージョン', '版数', '버전', 'الإصدار', 'גרסה', 'نسخه', 'phiên bản', 'versi'],
]
const UPDATED = [
  ...[
    'last updated',
    'last update',
    'last modified',
    'last reviewed',
    'updated',
    'updated on',
    'updated at',
    'last revised',
  ],
  ...[
    'zuletzt aktualisiert',
    'letzte aktualisierung',
    'letzte änderung',
    'stand',
    'laatst bijgewerkt',
    'senast uppdaterad',
    'dernière mise à jour',
    'mis à jour',
  ],
  ...[
    'última actualización',
    'ultima actualizacion',
    'actualizado',
    'última atualização',
    'atualizado em',
    'ultimo aggiornamento',
    'son güncelleme',
    'ostatnia aktualizacja',
  ],
  ...[
    'последнее обновление',
    'обновлено',
    'дата обновления',
    'оновлено',
    '最后更新',
    '更新日期',
    '最終更新',
    '最終更新日',
    '更新日',
    '최종 업데이트',
    'آخر تحديث',
    'עודכן לאחרונה',
  ],
]
/** A bare date is the document's own when it is filled in and nothing says so better. */
const DATE = [
  'date',
  'datum',
  'fecha',
  'data',
  'tarih',
  'дата',
  '日期',
  '日付',
  '날짜',
  'التاريخ',
  'תאריך',
  'created',
  'generated',
  'generado',
]

/**
 * Version, date and owner of the document itself, from its front matter or from a line such as `*Last Updated: May 2026*` near
 * its head or foot; a blank to fill in is none of them. Also tells which lines said so.
 */
export function readMetadata(source: Source): {
  version: string | null
  updated: string | null
  owner: string | null
  lines: number[]
} {
  const { text } = source
  const meta = {
    version: frontMatterValue({ text, key: 'version' }),
    updated: frontMatterValue({ text, key: '(?:last[_-]?)?updated(?:[_-]?at)?' }),
    owner: frontMatterValue({ text, key: 'owner' }),
  }
  const dates: { value: string; line: number }[] = []
  const lines: number[] = []
  const count = lineCount(source)
  for (let line = 1; line <= count; line++) {
    if (line > EDGE && line <= count - EDGE) continue
    const found = labelled(lineText(source, line))
    if (found === null) continue
    const { about, value } = found
    if (about === 'date') dates.push({ value, line })
    else {
      meta[about] ??= value
      lines.push(line)
    }
  }
  const [date] = dates
  if (meta.updated === null && date !== undefined) {
    meta.updated = date.value
    lines.push(date.line)
  }
  return { ...meta, lines }
}

function labelled(
  written: string,
): { about: 'version' | 'updated' | 'owner' | 'date'; value: string } | null {
  if (written.length > LONGEST_LINE || /_{2,}/.test(written.replace(/^[\s>*_-]+|[*_\s]+$/g, ''))) return null
  const match = LABELLED.exec(written)
  const [label, value] = [match?.[1], match?.[2]]
  if (
    label === undefined ||
    value === undefined ||
    !/[\p{L}\p{N}]/u.test(value) ||
    /\.{4,}|\[.*\]|[<{]/.test(value)
  )
    return null
  const words = [wordsOf(label), ...label.split('/').map(wordsOf)]
  const says = (known: string[]) => words.some((word) => known.includes(word))
  if (says(VERSION)) return { about: 'version', value }
  if (says(UPDATED)) return { about: 'updated', value }
  if (says(DATE)) return /\d{4}/.test(value) ? { about: 'date', value } : null
  // A list of owners is about the items; the document's own stands alone on its line.
  return !/^\s*[-*+]\s/.test(written) && factOfLabel(label) === 'owner' ? { about: 'owner', value } : null
}
