/** The DOM id of the board's search field: the key / goes there. */
export const SEARCH_ID = 'board-search'
