import { createElement, Fragment, type ReactNode } from 'react'
import { Code } from '#components/ui/code.tsx'
import { type InlineToken, parseInline } from '#lib/templates/inline.ts'

function shown(token: InlineToken): ReactNode {
  switch (token.kind) {
    case 'text':
      return token.text
    case 'code':
      return <Code>{token.text}</Code>
    case 'strong':
      return <strong className="font-strong">{children(token.children)}</strong>
    case 'em':
      return <em>{children(token.children)}</em>
    case 'strike':
      return <s>{children(token.children)}</s>
    case 'link':
      return (
        <a href={token.href} target="_blank" rel="noreferrer" className="underline underline-offset-2">
          {children(token.children)}
        </a>
      )
  }
}

function children(tokens: readonly InlineToken[]): ReactNode {
  // Spread into the element they are children without keys: the tokens of one text never move.
  return createElement(Fragment, null, ...tokens.map(shown))
}

/** A line of inline Markdown as the checklist wrote it: text stays text, nothing becomes HTML. */
export function InlineText({ text }: { text: string }) {
  return <>{children(parseInline(text))}</>
}
