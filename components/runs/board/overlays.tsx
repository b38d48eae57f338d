'use client'
import { lazy, Suspense } from 'react'
import { useKeyed } from '../use-keyed.ts'
import { closeOverlay, type Overlay, useDesk } from './desk.ts'
import { OverlayBoundary } from './overlay-boundary.tsx'

// Each is fetched when it is first opened: the board itself stays small.
const WhyPanel = lazy(() => import('../item/why-panel.tsx'))
const ItemMenu = lazy(() => import('../item/item-menu.tsx'))
const Shortcuts = lazy(() => import('./shortcuts-dialog.tsx'))
const StepDialog = lazy(() => import('./step-dialog.tsx'))
const NoticeDialog = lazy(() => import('./notice-dialog.tsx'))
const AbortDialog = lazy(() => import('./abort-dialog.tsx'))
const ReleaseDialog = lazy(() => import('./release-dialog.tsx'))
const FactsDialog = lazy(() => import('./facts-dialog.tsx'))

function content(overlay: Overlay) {
  switch (overlay.kind) {
    case 'why':
      return <WhyPanel itemKey={overlay.itemKey} attach={overlay.attach ?? false} />
    case 'menu':
      return <ItemMenu key={overlay.itemKey} itemKey={overlay.itemKey} anchor={overlay.anchor} />
    case 'shortcuts':
      return <Shortcuts />
    case 'start':
    case 'close':
    case 'rollBack':
    case 'undoDeployed':
      return <StepDialog kind={overlay.kind} />
    case 'notice':
      return <NoticeDialog key={overlay.itemKey} itemKey={overlay.itemKey} />
    case 'abort':
      return <AbortDialog />
    case 'correctRelease':
      return <ReleaseDialog />
    case 'facts':
      return <FactsDialog />
  }
}

/** What lies over the board now, if anything. */
export function Overlays() {
  const desk = useDesk()
  const overlay = useKeyed(desk.overlay, 'now')
  if (!overlay) return null
  return (
    <OverlayBoundary onBroken={() => closeOverlay(desk)}>
      <Suspense fallback={null}>{content(overlay)}</Suspense>
    </OverlayBoundary>
  )
}
