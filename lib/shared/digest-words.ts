/**
 * 256 words, one a byte, so that two people can compare a digest aloud: short, inoffensive, at least two letters apart.
 * The order is part of every receipt: never change it.
 */
export const DIGEST_WORDS: readonly string[] = `
  acorn alder almond amber anchor anvil apple apron arch arrow aspen atlas attic autumn avocado badge
  bagel bamboo banjo barley basil basket beacon beaver beetle bell bench birch biscuit bonnet bottle
  bramble brass bread breeze brick bridge broom brush bucket button cabin cactus camel candle canoe canvas
  caramel carpet castle cedar cello chalk cherry chess chimney cinder circle citrus clay cliff clock
  clover cobalt cocoa comet compass copper coral cotton cradle crane crater crayon cricket crimson crystal
  cup cypress dahlia daisy delta desk diamond dolphin donkey door dragon drum dune eagle easel echo elbow
  elm emerald engine falcon feather fennel fern ferry fiddle fig finch fjord flag flint flute forest
  fossil fountain fox frost galaxy garden garlic gate ginger glacier globe goose granite grape gravel
  guitar hammer harbor harp hazel hedge heron hill hinge honey hoop horizon ink iris iron island ivory
  jacket jade jasmine jigsaw juniper kayak kettle kite kiwi koala ladder lagoon lamp lantern lark laurel
  lava lemon lilac lime linen lobster lotus magnet mango maple marble marsh meadow melon meteor mint
  mirror mitten mosaic moss muffin mural nectar needle nest nickel nutmeg oak oasis ocean olive onion opal
  orange orbit orchid otter owl oyster paddle panda paper parrot pasta peach pebble pencil pepper piano
  pigeon pillow pine planet plum pond poppy prairie pretzel prism puzzle quartz quill rabbit radish raft
  rain raven ribbon river robin rocket rope saffron sail salmon sandal satin saturn scarf shell silver
  spruce sugar summit tiger tin trumpet tulip turban turnip vanilla velvet violet wagon walnut yogurt
  zebra zephyr
`
  .trim()
  .split(/\s+/)

/**
 * The first four bytes of a SHA-256 as words, `harbor-tin-violet-drum`: 32 bits, enough to notice a mix-up by eye, not
 * enough to prove anything. Throws a TypeError for anything but 64 hexadecimal digits.
 */
export function digestWords(hex: string): string {
  if (!/^[0-9a-f]{64}$/i.test(hex)) throw new TypeError('a SHA-256 of 64 hexadecimal digits is needed')
  return [0, 2, 4, 6].map((start) => DIGEST_WORDS[Number.parseInt(hex.slice(start, start + 2), 16)]).join('-')
}
