/** One line of the palette: a place to go, by its name and by other words people use for it. */
export type PaletteCommand = { label: string; href: string; keywords?: readonly string[]; group?: string }
