/**
 * Words that guessing programs try first: as a password they count for nothing, however they are decorated or joined
 * in pairs. Put together for this project from everyday vocabulary; lower-case, letters only.
 */
const WORDS = `
password passwort passwd passcode passphrase pass word secret secure security private login logon signin access account
admin administrator root superuser user username guest owner master manager operator support service system server
default change changeme letmein welcome hello hallo bonjour hola ciao goodbye enter open sesame opensesame trustno
trust noone whatever nothing something anything everything test testing tester example sample demo temp temporary
initial first last new old newpass mypass mypassword thepassword yourpassword ourpassword company office business
enterprise corporate work home house family computer laptop desktop internet network wifi wireless router google
facebook twitter instagram linkedin youtube amazon apple microsoft windows linux ubuntu debian docker kubernetes
database postgres mysql oracle redis mongo github gitlab deploy deployment release production staging prod stage
devops developer reviewer engineer checklist signoff approve approval audit auditor compliance hospital health
medical patient doctor nurse clinic pharma pharmacy upstream backend frontend website web app application mobile
android iphone samsung nokia sony nintendo playstation xbox pokemon pikachu minecraft fortnite roblox warcraft
starcraft counterstrike halo zelda mario sonic matrix starwars startrek skywalker vader yoda gandalf frodo hobbit
hogwarts harrypotter potter hermione dumbledore batman superman spiderman ironman hulk thor avengers captain america
qwerty qwertz azerty asdf asdfgh zxcvbn qazwsx qweasd qweasdzxc dvorak keyboard abc abcd abcdef abcdefg xyz
love iloveyou loveyou loveme lovely lover loving forever always together sweet sweetheart sweetie honey darling baby
babygirl babyboy angel princess prince queen king kingdom royal diamond gold golden silver crystal jewel treasure
sunshine sunset sunrise sunny sun moon moonlight star stars starlight sky heaven rainbow thunder lightning storm rain
snow winter spring summer autumn fall january february march april may june july august september october november
december monday tuesday wednesday thursday friday saturday sunday today tomorrow yesterday morning evening night
midnight year month week day time lucky luck happy smile funny cool awesome great super good best better perfect
beautiful pretty cute little big black white red blue green yellow orange purple pink brown grey gray
dragon monkey tiger lion bear wolf eagle falcon hawk phoenix horse mustang bronco pony dog doggy puppy cat kitty
kitten bunny rabbit mouse chicken duck turtle dolphin shark whale fish butterfly spider snake panther cheetah
football soccer baseball basketball hockey tennis golf rugby cricket volleyball swimming running racing skating
snowboard surfing boxing wrestling karate yankees cowboys steelers packers eagles patriots raiders broncos lakers
bulls celtics warriors knicks rangers dodgers giants redsox arsenal chelsea liverpool manchester united everton
tottenham barcelona madrid realmadrid juventus milan inter bayern dortmund ajax benfica celtic porsche ferrari
mercedes bmw audi toyota honda nissan mazda chevrolet chevy camaro corvette dodge ford harley davidson yamaha suzuki
kawasaki ducati lamborghini tesla volvo volkswagen
john james robert michael william david richard joseph thomas charles christopher daniel matthew anthony mark donald
steven paul andrew joshua kenneth kevin brian george edward ronald timothy jason jeffrey ryan jacob gary nicholas
eric jonathan stephen larry justin scott brandon benjamin samuel gregory frank alexander patrick raymond jack dennis
jerry tyler aaron jose henry adam douglas nathan peter zachary kyle walter harold jeremy ethan carl keith roger
mary patricia jennifer linda elizabeth barbara susan jessica sarah karen nancy lisa betty margaret sandra ashley
kimberly emily donna michelle carol amanda dorothy melissa deborah stephanie rebecca sharon laura cynthia kathleen
amy angela shirley anna brenda pamela emma nicole helen samantha katherine christine debra rachel carolyn janet
catherine maria heather diane ruth julie olivia joyce virginia victoria kelly lauren christina joan evelyn judith
megan andrea cheryl hannah jacqueline martha gloria teresa sara madison frances kathryn janice jean abigail alice
julia judy sophia grace denise amber doris marilyn danielle beverly isabella theresa diana natalie brittany charlotte
marie kayla alexis lori max leo luca lukas felix paula clara lena mia
london paris berlin rome madrid vienna dublin newyork york chicago boston dallas houston denver austin phoenix
seattle atlanta miami orlando toronto montreal vancouver sydney melbourne tokyo moscow delhi mumbai dubai
texas florida california hawaii alaska arizona georgia virginia canada england ireland scotland france germany
italy spain portugal poland russia china japan india brazil mexico australia europe africa
coffee cookie cookies chocolate cheese banana cherry peach strawberry orange lemon pepper ginger sugar candy
icecream pizza burger taco bacon butter bread beer whiskey vodka wine tequila guinness heineken budweiser
music guitar piano drums metal metallica nirvana beatles elvis madonna eminem slipknot greenday blink linkinpark
rock punk hiphop jazz blues dance dancer party freedom peace power magic wizard witch ghost shadow dark darkness
light fire water earth wind ocean river mountain forest garden flower rose lily daisy violet jasmine blossom
soldier army navy marine marines pilot hunter killer ninja samurai pirate warrior knight hero legend champion
winner player gamer hacker hack crack genius smart crazy stupid idiot fuckyou fuck fucker shit bitch asshole sexy
sex porn pussy dick hottie playboy jesus christ jesuschrist god godisgood blessed faith hope grace church bible
money cash dollar million billion rich poor bank credit card visa school college university student teacher friend
friends mother father mom dad mommy daddy sister brother wife husband grandma grandpa girl boy man woman lady
number one two three four five six seven eight nine ten zero hundred thousand alpha beta gamma delta omega sigma
apollo zeus athena mercury venus mars jupiter saturn neptune pluto galaxy universe cosmos planet rocket space
the my our your his her is am are was be me you we it this that and or not no yes with for from to in on of at i a u
`

/** The words by which a password is taken apart. */
export const COMMON_WORDS: ReadonlySet<string> = new Set(WORDS.trim().split(/\s+/))
