import { closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap, indentWithTab, undoDepth } from '@codemirror/commands'
import { markdown, markdownLanguage } from '@codemirror/lang-markdown'
import { bracketMatching, foldGutter, foldKeymap } from '@codemirror/language'
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint'
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search'
import { Compartment, EditorState, type Extension, Transaction } from '@codemirror/state'
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view'
import type { Vocabulary } from '#lib/templates/complete-annotation.ts'
import type { TemplateProblem } from '#lib/templates/model.ts'
import { annotationOffers } from './annotation-offers.ts'
import { checklistMarks } from './checklist-marks.ts'
import { editorLooks } from './editor-theme.ts'

/** What the search panel says, in the page's way of writing. */
const PHRASES = {
  next: 'Next',
  previous: 'Previous',
  all: 'All',
  'match case': 'Match case',
  regexp: 'Pattern',
  'by word': 'Whole words',
  replace: 'Replace',
  'replace all': 'Replace all',
  close: 'Close',
}

export type EditorHandle = {
  /** Takes a text from outside; the caret stays as far as it can. */
  replace: (text: string) => void
  showProblems: (problems: readonly TemplateProblem[]) => void
  goTo: (place: { line: number; column: number }) => void
  /** The line of the caret, from 1. */
  line: () => number
  setTabIndents: (indents: boolean) => void
  close: () => void
}

type Options = {
  parent: HTMLElement
  text: string
  label: string
  describedBy: string
  nonce: string
  words: () => Vocabulary
  onChange: (text: string) => void
  onSave: () => void
  onToggleTab: () => void
}

/** What every editor of Markdown here has; the merge view too. */
export function markdownBase({ label, nonce }: { label: string; nonce: string }): Extension {
  return [
    EditorView.cspNonce.of(nonce),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false', tabindex: '0' }),
    lineNumbers(),
    history(),
    drawSelection(),
    markdown({ base: markdownLanguage, completeHTMLTags: false }),
    checklistMarks,
    editorLooks,
    keymap.of([...defaultKeymap, ...historyKeymap]),
  ]
}

/** A key that is ours: nothing else hears of it. */
function handled(act: () => void): () => boolean {
  return () => {
    act()
    return true
  }
}

export function startEditor(options: Options): EditorHandle {
  const tab = new Compartment()
  const view = new EditorView({
    parent: options.parent,
    state: EditorState.create({
      doc: options.text,
      extensions: [
        keymap.of([
          { key: 'Mod-s', preventDefault: true, run: handled(options.onSave) },
          { key: 'Ctrl-m', preventDefault: true, run: handled(options.onToggleTab) },
        ]),
        tab.of([]),
        keymap.of([
          ...closeBracketsKeymap,
          ...completionKeymap,
          ...searchKeymap,
          ...foldKeymap,
          ...lintKeymap,
        ]),
        markdownBase(options),
        EditorView.contentAttributes.of({ 'aria-describedby': options.describedBy }),
        foldGutter(),
        lintGutter(),
        search({ top: true }),
        EditorState.phrases.of(PHRASES),
        highlightSelectionMatches(),
        highlightActiveLine(),
        highlightActiveLineGutter(),
        bracketMatching(),
        closeBrackets(),
        annotationOffers(options.words),
        EditorView.updateListener.of(({ docChanged, state, transactions }) => {
          if (!docChanged) return
          if (transactions.some((one) => one.annotation(Transaction.userEvent) === 'replace.outside')) return
          options.onChange(state.doc.toString())
        }),
      ],
    }),
  })
  return {
    replace: (text) => replaceText(view, text),
    showProblems: (problems) =>
      view.dispatch(setDiagnostics(view.state, diagnosticsOf(view.state, problems))),
    goTo: (place) => {
      const at = offsetOf(view.state, place)
      view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: 'center' }) })
      view.focus()
    },
    line: () => view.state.doc.lineAt(view.state.selection.main.head).number,
    setTabIndents: (indents) =>
      view.dispatch({ effects: tab.reconfigure(indents ? keymap.of([indentWithTab]) : []) }),
    close: () => view.destroy(),
  }
}

/** Only what differs is replaced. A first text from outside is where undoing ends. */
function replaceText(view: EditorView, text: string): void {
  const now = view.state.doc.toString()
  if (now === text) return
  let start = 0
  while (start < Math.min(now.length, text.length) && now.charCodeAt(start) === text.charCodeAt(start))
    start++
  let end = 0
  const most = Math.min(now.length, text.length) - start
  while (end < most && now.charCodeAt(now.length - 1 - end) === text.charCodeAt(text.length - 1 - end)) end++
  view.dispatch({
    changes: { from: start, to: now.length - end, insert: text.slice(start, text.length - end) },
    userEvent: 'replace.outside',
    annotations: undoDepth(view.state) === 0 ? Transaction.addToHistory.of(false) : [],
  })
}

function offsetOf(state: EditorState, { line, column }: { line: number; column: number }): number {
  const { from, to } = state.doc.line(Math.min(Math.max(line, 1), state.doc.lines))
  return Math.min(from + column - 1, to)
}

function diagnosticsOf(state: EditorState, problems: readonly TemplateProblem[]): Diagnostic[] {
  return problems.map(({ line, column, message, fix }) => {
    const from = offsetOf(state, { line, column })
    const rest = state.sliceDoc(from, state.doc.lineAt(from).to)
    const word = /^\S+/.exec(rest)?.[0].length ?? Math.min(rest.length, 1)
    return {
      from,
      to: from + word,
      severity: 'error',
      message: fix === null ? message : `${message}\n→ ${fix}`,
    }
  })
}
