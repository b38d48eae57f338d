import { syntaxTree } from '@codemirror/language'
import type { Range } from '@codemirror/state'
import {
  Decoration,
  type DecorationSet,
  type EditorView,
  ViewPlugin,
  type ViewUpdate,
} from '@codemirror/view'

const ITEM = Decoration.line({ class: 'cm-item' })
const BOX = Decoration.mark({ class: 'cm-box' })
const ANNOTATION = Decoration.mark({ class: 'cm-annotation' })
const GLYPH = /[☐☑☒✅⬜▢□]\uFE0F?/gu

/** Items, their boxes and annotations on the lines that are seen; fences and other comments stay as they are. */
function marksOf(view: EditorView): DecorationSet {
  const { doc } = view.state
  const marks: Range<Decoration>[] = []
  const lines = new Set<number>()
  const addItem = (at: number) => lines.add(doc.lineAt(at).from)
  const tree = syntaxTree(view.state)
  for (const { from, to } of view.visibleRanges) {
    tree.iterate({
      from,
      to,
      enter: (node) => {
        if (node.name === 'TaskMarker') {
          marks.push(BOX.range(node.from, node.to))
          addItem(node.from)
        }
        if (node.name !== 'Comment' && node.name !== 'CommentBlock') return
        const start = doc.sliceString(node.from, Math.min(node.to, node.from + 40))
        if (/^<!--\s*(?:probe|item|slot|stage)\s*:/i.test(start))
          marks.push(ANNOTATION.range(node.from, node.to))
      },
    })
    const text = doc.sliceString(from, to)
    for (const { index, 0: glyph } of text.matchAll(GLYPH)) {
      const at = from + index
      if (isCode(tree.resolveInner(at, 1).name)) continue
      marks.push(BOX.range(at, at + glyph.length))
      addItem(at)
    }
  }
  for (const at of lines) marks.push(ITEM.range(at))
  return Decoration.set(marks, true)
}

function isCode(name: string): boolean {
  return /Code|Comment/.test(name)
}

export const checklistMarks = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet
    constructor(view: EditorView) {
      this.decorations = marksOf(view)
    }
    update({ docChanged, viewportChanged, startState, state, view }: ViewUpdate) {
      if (docChanged || viewportChanged || syntaxTree(startState) !== syntaxTree(state))
        this.decorations = marksOf(view)
    }
  },
  { decorations: ({ decorations }) => decorations },
)
