import type { BoardView } from './board.ts'

declare const text: unique symbol

/** A board as JSON. React would walk every value of it on the server, on its way and in the browser; a text it just carries. */
export type BoardText = string & { readonly [text]: true }

export function boardText(board: BoardView): BoardText {
  return JSON.stringify(board) as BoardText
}

export function readBoardText(board: BoardText): BoardView {
  return JSON.parse(board) as BoardView
}
