import { wordsOf } from './stages.ts'

/** Labels for who is responsible, in the languages of real checklists; as `wordsOf` gives them. */
const OWNER = [
  ...[
    'owner',
    'owners',
    'assignee',
    'assigned to',
    'responsible',
    'responsible person',
    'person responsible',
    'dri',
  ],
  ...[
    'verantwortlich',
    'verantwortlicher',
    'verantwortliche',
    'zuständig',
    'bearbeiter',
    'verantwoordelijke',
    'ansvarig',
  ],
  ...[
    'responsable',
    'responsables',
    'assigné à',
    'asignado a',
    'encargado',
    'responsável',
    'responsabile',
    'odpowiedzialny',
  ],
  ...[
    'sorumlu',
    'sorumlu kişi',
    'ответственный',
    'исполнитель',
    'відповідальний',
    '负责人',
    '責任者',
    '責任人',
    '負責人',
    '担当',
    '担当者',
    '담당자',
    '담당',
  ],
  ...['المسؤول', 'مسؤول', 'אחראי', 'مسئول', 'người phụ trách', 'penanggung jawab', 'ผู้รับผิดชอบ'],
]

/** Labels for what should come out. */
const EXPECTED = [
  ...[
    'expected',
    'expected result',
    'expected results',
    'expected output',
    'expected outcome',
    'expected response',
    'expected value',
    'expect',
    'expectation',
  ],
  ...[
    'acceptance',
    'acceptance criteria',
    'acceptance criterion',
    'success criteria',
    'pass criteria',
    'pass if',
    'validation',
    'threshold',
    'target',
  ],
  ...[
    'erwartet',
    'erwartetes ergebnis',
    'erwartung',
    'sollwert',
    'zielwert',
    'verwacht',
    'verwacht resultaat',
    'förväntat',
    'förväntat resultat',
  ],
  ...[
    'attendu',
    'résultat attendu',
    'réponse attendue',
    'esperado',
    'resultado esperado',
    'respuesta esperada',
    'resposta esperada',
    'risultato atteso',
    'atteso',
  ],
  ...[
    'beklenen',
    'beklenen sonuç',
    'beklenen çıktı',
    'ожидается',
    'ожидаемый результат',
    'ожидаемый ответ',
    'очікується',
    'oczekiwany wynik',
  ],
  ...[
    '预期',
    '预期结果',
    '期望',
    '期望结果',
    '預期結果',
    '期待',
    '期待値',
    '期待結果',
    '期待される結果',
    '예상 결과',
    '기대 결과',
  ],
  ...[
    'المتوقع',
    'النتيجة المتوقعة',
    'תוצאה צפויה',
    'نتیجه مورد انتظار',
    'kết quả mong đợi',
    'hasil yang diharapkan',
  ],
]

const NUMBER = ['', 'no', 'nr', 'num', 'number', 'id', 'lfd nr', 'sl no', '序号', '番号', '번호', 'п п']

const LOOKUP = new Map<string, 'owner' | 'expected'>([
  ...OWNER.map((word) => [word, 'owner'] as const),
  ...EXPECTED.map((word) => [word, 'expected'] as const),
])

/** What a label asks for, or null where it is about something else. */
export function factOfLabel(label: string): 'owner' | 'expected' | null {
  return LOOKUP.get(wordsOf(label)) ?? null
}

/** What a table's column holds beside the item's words: an owner, an expected result, a running number. */
export function factOfColumn(label: string): 'owner' | 'expected' | 'number' | null {
  const fact = factOfLabel(label)
  if (fact !== null) return fact
  return NUMBER.includes(wordsOf(label)) && /\S/.test(label) ? 'number' : null
}
