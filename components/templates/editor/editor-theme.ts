import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import type { Extension } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { tags } from '@lezer/highlight'

/** The colours are the page's own, so the theme follows without a second set. */
const looks = EditorView.theme({
  '&': { height: '100%', backgroundColor: 'var(--paper)', color: 'var(--ink)', fontSize: '0.8125rem' },
  // Its frame shows the focus: gutters and marks would cover an outline in here.
  '&.cm-focused': { outline: 'none' },
  // No arrows made of `<!--`: what stands there must look as it is.
  '.cm-scroller': {
    fontVariantLigatures: 'none',
    fontFamily: 'var(--font-mono)',
    lineHeight: '1.35rem',
    overflow: 'auto',
  },
  '.cm-content': { caretColor: 'var(--ink)', padding: '10px 0' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '.cm-gutters': { backgroundColor: 'var(--paper)', color: 'var(--faint)', border: 'none' },
  '.cm-activeLine, .cm-activeLineGutter': {
    backgroundColor: 'color-mix(in oklab, var(--hair), transparent 40%)',
  },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'color-mix(in oklab, var(--accent), transparent 75%)',
  },
  '.cm-panels, .cm-tooltip': {
    backgroundColor: 'var(--paper)',
    color: 'var(--ink)',
    border: '1px solid var(--line)',
  },
  '.cm-panels-top': { border: 'none', borderBottom: '1px solid var(--line)' },
  '.cm-panel.cm-search': {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '6px',
    padding: '8px 40px 8px 10px',
    fontFamily: 'var(--font-sans)',
  },
  '.cm-panel.cm-search br': { display: 'block', flexBasis: '100%', height: '0', content: '""' },
  '.cm-panel.cm-search label': {
    display: 'inline-flex',
    alignItems: 'center',
    gap: '5px',
    minHeight: '28px',
    fontSize: '0.8125rem',
  },
  '.cm-panel.cm-search input[type=checkbox]': { width: '16px', height: '16px', margin: '0' },
  '.cm-panel.cm-search [name=close]': {
    top: '8px',
    right: '8px',
    width: '28px',
    height: '28px',
    borderRadius: '6px',
    color: 'var(--soft)',
    fontSize: '1.125rem',
  },
  '.cm-textfield': {
    backgroundColor: 'var(--paper)',
    color: 'var(--ink)',
    border: '1px solid var(--edge)',
    borderRadius: '6px',
    fontSize: '0.8125rem',
    minHeight: '28px',
    margin: '0',
    padding: '2px 8px',
    flex: '0 1 12rem',
    minWidth: '0',
  },
  '.cm-button': {
    background: 'var(--paper)',
    color: 'var(--ink)',
    border: '1px solid var(--line)',
    borderRadius: '6px',
    fontSize: '0.8125rem',
    minHeight: '28px',
    margin: '0',
    padding: '2px 10px',
  },
  '.cm-button:hover': { background: 'var(--hair)' },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--accent)',
    color: 'var(--on-solid)',
  },
  '.cm-tooltip-autocomplete > ul > li[aria-selected] .cm-completionDetail': { color: 'var(--on-solid)' },
  '.cm-completionDetail': { color: 'var(--soft)', fontStyle: 'normal', marginLeft: '1em' },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '640' },
  '.cm-searchMatch': { backgroundColor: 'var(--warn-bg)', outline: '1px solid var(--warn)' },
  '.cm-foldPlaceholder': { backgroundColor: 'var(--hair)', color: 'var(--soft)', border: 'none' },
  '.cm-item': { backgroundColor: 'color-mix(in oklab, var(--accent-bg), transparent 55%)' },
  '.cm-box': { color: 'var(--accent)', fontWeight: '640' },
  '.cm-annotation, .cm-annotation span': { color: 'var(--go)' },
  '.cm-diagnostic': { padding: '4px 8px', borderLeft: '3px solid var(--no)' },
  '.cm-diagnosticText': { whiteSpace: 'pre-wrap' },
  '.cm-changedLine, .cm-insertedLine': { backgroundColor: 'var(--go-bg)' },
  '.cm-deletedChunk': { backgroundColor: 'var(--no-bg)', paddingLeft: '6px' },
  '&.cm-merge-b .cm-changedText, .cm-changedText': {
    background: 'color-mix(in oklab, var(--go), transparent 75%)',
  },
  '.cm-deletedChunk .cm-deletedText': { background: 'color-mix(in oklab, var(--no), transparent 75%)' },
  // Green words on green would be too faint to read.
  '.cm-changedText, .cm-changedText span, .cm-deletedText, .cm-deletedText span': { color: 'var(--ink)' },
  '.cm-deletedChunk .cm-chunkButtons': { insetInlineEnd: 'auto', position: 'static', padding: '3px 0' },
  '.cm-deletedChunk .cm-chunkButtons button': {
    backgroundColor: 'var(--paper)',
    color: 'var(--ink)',
    border: '1px solid var(--edge)',
    borderRadius: '4px',
    fontFamily: 'var(--font-sans)',
    fontSize: '0.75rem',
    lineHeight: '1rem',
    padding: '3px 8px',
    margin: '0 6px 0 0',
    minHeight: '24px',
  },
  '.cm-collapsedLines': {
    background: 'var(--hair)',
    color: 'var(--soft)',
    fontFamily: 'var(--font-sans)',
    padding: '4px 8px',
  },
  // Their marks are of no font that comes with the page.
  '.cm-collapsedLines:before, .cm-collapsedLines:after': { content: 'none' },
})

const words = HighlightStyle.define([
  { tag: tags.heading, fontWeight: '640' },
  { tag: tags.strong, fontWeight: '640' },
  { tag: tags.emphasis, fontStyle: 'italic' },
  { tag: tags.strikethrough, textDecoration: 'line-through' },
  { tag: tags.link, color: 'var(--accent)' },
  { tag: tags.url, color: 'var(--accent)' },
  { tag: tags.monospace, color: 'var(--warn)' },
  { tag: [tags.comment, tags.quote], color: 'var(--soft)' },
  { tag: [tags.processingInstruction, tags.contentSeparator], color: 'var(--faint)' },
])

export const editorLooks: Extension = [looks, syntaxHighlighting(words)]
