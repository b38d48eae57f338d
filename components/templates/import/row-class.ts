/** A line of the checklist in the review. */
export const rowClass =
  'review-row grid grid-cols-[auto_minmax(0,1fr)_auto] gap-x-2.5 border-t border-t-hair py-2 pr-2.5 pl-3 first:border-t-0'
