const gap = 6
const edge = 8

/**
 * Puts an open popover under its button, above it when there is no room below, and always inside the window.
 * Written through the style object, which a strict content policy allows.
 */
export function placePopover({
  anchor,
  popover,
  align,
}: {
  anchor: HTMLElement
  popover: HTMLElement
  align: 'start' | 'end'
}): void {
  const from = anchor.getBoundingClientRect()
  const { offsetWidth: width, offsetHeight: height } = popover
  const wide = document.documentElement.clientWidth
  const below = from.bottom + gap
  const fitsBelow = below + height <= window.innerHeight - edge
  const left = align === 'start' ? from.left : from.right - width
  popover.style.left = `${Math.max(edge, Math.min(left, wide - width - edge))}px`
  popover.style.top = `${fitsBelow ? below : Math.max(edge, from.top - gap - height)}px`
}
