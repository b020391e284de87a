// `npm run country-names` writes this file.

/**
 * The names of countries in English, French and German, as `foldCountryName` returns them: a line per country, with its
 * ISO 3166-1 alpha-2 code and its names. The sources are Unicode's CLDR, ISO 3166-1, and
 * `local/country-names/other-names.ts`.
 */
export const countryNames = `
AD|andorra|andorre|
AE|arab emirates united|arabes emirats unis|arabische emirate vereinigte|uae|vae|
AF|afghanistan|
AG|antigua barbuda|
AI|anguilla|
AL|albania|albanie|albanien|
AM|armenia|armenie|armenien|
AO|angola|
AQ|antarctica|antarctique|antarktis|
AR|argentina|argentine|argentinien|
AS|american samoa|americaines samoa|amerikanisch samoa|
AT|austria|autriche|osterreich|oesterreich|austria republic|autriche republique|osterreich republik|oesterreich republik|
AU|australia|australie|australien|
AW|aruba|
AX|aland islands|aland iles|alandinseln|
AZ|azerbaijan|azerbaidjan|aserbaidschan|
BA|bosnia herzegovina|bosnia|bosnie herzegovine|bosnien herzegowina|bosnie|bosnien|bosnia hercegovina|
BB|barbados|barbade|
BD|bangladesh|bangladesch|
BE|belgium|belgique|belgien|belgium kingdom|belgique royaume|belgien konigreich|belgien koenigreich|
BF|burkina faso|
BG|bulgaria|bulgarie|bulgarien|
BH|bahrain|bahrein|
BI|burundi|
BJ|benin|
BL|barthelemy saint|
BM|bermuda|bermudes|
BN|brunei|brunei darussalam|
BO|bolivia|bolivie|bolivien|bolivia plurinational state|
BQ|caribbean netherlands|bas caribeens pays|karibische niederlande|bonaire eustatius saba sint|
BR|brazil|bresil|brasilien|
BS|bahamas|
BT|bhutan|bhoutan|
BV|bouvet island|bouvet ile|bouvetinsel|
BW|botswana|botsuana|
BY|belarus|bielorussie|weissrussland|belarus republic|belarus republik|
BZ|belize|
CA|canada|kanada|
CC|cocos islands keeling|cocos islands|cocos iles|kokosinseln|
CD|congo kinshasa|kinshasa kongo|congo democratic republic|congo dr|congo rd|dr kongo|congo democratique republique|demokratische kongo republik|zaire|
CF|african central republic|centrafricaine republique|republik zentralafrikanische|centrafrique|
CG|brazzaville congo|brazzaville kongo|congo republic|congo republique|kongo republik|
CH|switzerland|suisse|schweiz|confederation swiss|confederation suisse|eidgenossenschaft schweizerische|
CI|cote ivoire|coast ivory|elfenbeinkuste|elfenbeinkueste|
CK|cook islands|cook iles|cookinseln|
CL|chile|chili|
CM|cameroon|cameroun|kamerun|
CN|china|chine|china people republic s|chine populaire republique|china volksrepublik|china vr|
CO|colombia|colombie|kolumbien|
CR|costa rica|
CU|cuba|kuba|
CV|cape verde|cap vert|cabo verde|kap verde|kapverden|
CW|curacao|
CX|christmas island|christmas ile|weihnachtsinsel|
CY|cyprus|chypre|zypern|
CZ|czechia|tchequie|tschechien|czech republic|republique tcheque|republik tschechische|
DE|germany|allemagne|deutschland|federal germany republic|allemagne federale republique|bundesrepublik deutschland|
DJ|djibouti|dschibuti|
DK|denmark|danemark|daenemark|
DM|dominica|dominique|
DO|dominican republic|dominicaine republique|dominikanische republik|
DZ|algeria|algerie|algerien|
EC|ecuador|equateur|
EE|estonia|estonie|estland|
EG|egypt|egypte|agypten|aegypten|
EH|sahara western|occidental sahara|westsahara|
ER|eritrea|erythree|
ES|spain|espagne|spanien|kingdom spain|espagne royaume|konigreich spanien|koenigreich spanien|
ET|ethiopia|ethiopie|athiopien|aethiopien|
FI|finland|finlande|finnland|
FJ|fiji|fidji|fidschi|
FK|falkland islands|iles malouines|falklandinseln|falkland islands malvinas|malvinas|
FM|micronesia|micronesie|mikronesien|federated micronesia states|
FO|faroe islands|feroe iles|faroer|faeroeer|
FR|france|frankreich|france metropolitan|france metropolitaine|french republic|francaise republique|franzosische republik|franzoesische republik|
GA|gabon|gabun|
GB|kingdom united|royaume uni|konigreich vereinigtes|koenigreich vereinigtes|britain great ireland kingdom northern united|k u|britain great|bretagne grande|grossbritannien|bretagne grande irlande nord royaume uni|grossbritannien konigreich nordirland vereinigtes|grossbritannien koenigreich nordirland vereinigtes|grossbritannien konigreich nordirland vereinigtes von|grossbritannien koenigreich nordirland vereinigtes von|england|angleterre|scotland|ecosse|schottland|wales|galles pays|ireland northern|irlande nord|nordirland|
GD|grenada|grenade|
GE|georgia|georgie|georgien|
GF|french guiana|francaise guyane|franzosisch guayana|franzoesisch guayana|
GG|guernsey|guernesey|
GH|ghana|
GI|gibraltar|
GL|greenland|groenland|gronland|
GM|gambia|gambie|
GN|guinea|guinee|
GP|guadeloupe|
GQ|equatorial guinea|equatoriale guinee|aquatorialguinea|aequatorialguinea|
GR|greece|grece|griechenland|hellenic republic|hellenique republique|hellenische republik|hellas|
GS|georgia islands sandwich south south|georgie iles sandwich sud sud|sandwichinseln sudgeorgien sudlichen|sandwichinseln suedgeorgien suedlichen|
GT|guatemala|
GU|guam|
GW|bissau guinea|bissau guinee|
GY|guyana|
HK|china hong kong sar|hong kong|a chinoise hong kong r s|hongkong sonderverwaltungsregion|hongkong|
HM|heard islands mcdonald|heard iles macdonald|heard mcdonaldinseln|heard island islands mcdonald|
HN|honduras|
HR|croatia|croatie|kroatien|
HT|haiti|
HU|hungary|hongrie|ungarn|
ID|indonesia|indonesie|indonesien|
IE|ireland|irlande|irland|ireland republic|irlande republique|irland republik|
IL|israel|
IM|isle man|ile man|
IN|india|inde|indien|
IO|british indian ocean territory|britannique indien ocean territoire|britisches im indischen ozean territorium|
IQ|iraq|irak|
IR|iran|iran islamic republic|iran islamique republique|iran islamische republik|
IS|iceland|islande|island|
IT|italy|italie|italien|italian republic|italienne republique|italienische republik|
JE|jersey|
JM|jamaica|jamaique|jamaika|
JO|jordan|jordanie|jordanien|
JP|japan|japon|
KE|kenya|kenia|
KG|kyrgyzstan|kirghizstan|kirgisistan|kirghizie|kirghizistan|kirgistan|kyrgyz republic|
KH|cambodia|cambodge|kambodscha|
KI|kiribati|
KM|comoros|comores|komoren|
KN|kitts nevis saint|christophe nieves saint|
KP|korea north|coree nord|nordkorea|democratic korea people republic s|coree democratique populaire republique|demokratische korea volksrepublik|
KR|korea south|coree sud|sudkorea|suedkorea|korea republic|coree republique|korea republik|
KW|kuwait|koweit|
KY|cayman islands|caimans iles|kaimaninseln|
KZ|kazakhstan|kasachstan|
LA|laos|democratic lao people republic s|lao pdr|
LB|lebanon|liban|libanon|
LC|lucia saint|lucie sainte|
LI|liechtenstein|
LK|lanka sri|
LR|liberia|
LS|lesotho|
LT|lithuania|lituanie|litauen|
LU|luxembourg|luxemburg|duchy grand luxembourg|duche grand luxembourg|grossherzogtum luxemburg|
LV|latvia|lettonie|lettland|
LY|libya|libye|libyen|
MA|morocco|maroc|marokko|
MC|monaco|
MD|moldova|moldavie|moldau republik|moldova republic|moldawien|moldau|moldavia|moldavie republique|
ME|montenegro|
MF|martin saint|french martin part saint|
MG|madagascar|madagaskar|
MH|islands marshall|iles marshall|marshallinseln|
MK|macedonia north|macedoine nord|nordmazedonien|macedonia|macedoine|mazedonien|
ML|mali|
MM|burma myanmar|myanmar|birmanie myanmar|burma|birmanie|birma|
MN|mongolia|mongolie|mongolei|
MO|china macao sar|macao|a chinoise macao r s|macau sonderverwaltungsregion|macau|
MP|islands mariana northern|iles mariannes nord|marianen nordliche|marianen noerdliche|
MQ|martinique|
MR|mauritania|mauritanie|mauretanien|
MS|montserrat|
MT|malta|malte|
MU|mauritius|maurice|ile maurice|
MV|maldives|malediven|
MW|malawi|
MX|mexico|mexique|mexiko|
MY|malaysia|malaisie|
MZ|mozambique|mosambik|
NA|namibia|namibie|
NC|caledonia new|caledonie nouvelle|neukaledonien|
NE|niger|
NF|island norfolk|ile norfolk|norfolkinsel|
NG|nigeria|
NI|nicaragua|
NL|netherlands|bas pays|niederlande|kingdom netherlands|holland|hollande|bas pays royaume|konigreich niederlande|koenigreich niederlande|
NO|norway|norvege|norwegen|
NP|nepal|
NR|nauru|
NU|niue|
NZ|new zealand|nouvelle zelande|neuseeland|
OM|oman|
PA|panama|
PE|peru|perou|
PF|french polynesia|francaise polynesie|franzosisch polynesien|franzoesisch polynesien|
PG|guinea new papua|guinee nouvelle papouasie|neuguinea papua|
PH|philippines|philippinen|
PK|pakistan|
PL|poland|pologne|polen|poland republic|pologne republique|polen republik|
PM|miquelon pierre saint|
PN|islands pitcairn|pitcairn|iles pitcairn|pitcairninseln|
PR|puerto rico|porto rico|
PS|palestinian territories|palestine|palestiniens territoires|autonomiegebiete palastinensische|autonomiegebiete palaestinensische|palastina|palaestina|palestine state|
PT|portugal|portuguese republic|portugaise republique|portugiesische republik|
PW|palau|palaos|
PY|paraguay|
QA|qatar|katar|
RE|reunion|
RO|romania|roumanie|rumanien|rumaenien|
RS|serbia|serbie|serbien|
RU|russia|russie|russland|federation russian|federation russie|foderation russische|foederation russische|
RW|rwanda|ruanda|
SA|arabia saudi|arabie saoudite|arabien saudi|
SB|islands solomon|iles salomon|salomonen|
SC|seychelles|seychellen|
SD|sudan|soudan|
SE|sweden|suede|schweden|
SG|singapore|singapour|singapur|
SH|helena saint|helene sainte|ascension cunha da helena saint tristan|
SI|slovenia|slovenie|slowenien|
SJ|jan mayen svalbard|jan mayen spitzbergen|
SK|slovakia|slovaquie|slowakei|republic slovak|republique slovaque|republik slowakische|
SL|leone sierra|
SM|marino san|marin saint|
SN|senegal|
SO|somalia|somalie|
SR|suriname|
SS|south sudan|soudan sud|sudsudan|suedsudan|
ST|principe sao tome|
SV|el salvador|salvador|
SX|maarten sint|martin neerlandaise partie saint|dutch maarten part sint|
SY|syria|syrie|syrien|arab republic syrian|arabe republique syrienne|arabische republik syrien|
SZ|eswatini|swaziland|swasiland|
TC|caicos islands turks|caiques iles turques|caicosinseln turks|
TD|chad|tchad|tschad|
TF|french southern territories|australes francaises terres|antarktisgebiete franzosische sud|antarktisgebiete franzoesische sued|
TG|togo|
TH|thailand|thailande|
TJ|tajikistan|tadjikistan|tadschikistan|
TK|tokelau|
TL|leste timor|oriental timor|east timor|osttimor|
TM|turkmenistan|
TN|tunisia|tunisie|tunesien|
TO|tonga|
TR|turkiye|tuerkiye|turquie|turkei|tuerkei|turkey|republic turkiye|republic tuerkiye|republique turquie|republik turkei|republik tuerkei|
TT|tobago trinidad|tobago trinite|
TV|tuvalu|
TW|taiwan|china province taiwan|
TZ|tanzania|tanzanie|tansania|republic tanzania united|
UA|ukraine|
UG|uganda|ouganda|
UM|islands outlying s u|eloignees etats iles mineures unis|amerikanische uberseeinseln|amerikanische ueberseeinseln|islands minor outlying states united|
US|states united|etats unis|staaten vereinigte|america states united|a s u|amerique etats unis|amerika staaten vereinigte von|
UY|uruguay|
UZ|uzbekistan|ouzbekistan|usbekistan|
VA|city vatican|cite etat vatican|vatikanstadt|holy see|vatican|vatikan|saint siege|heiliger stuhl|
VC|grenadines saint vincent|grenadinen saint vincent|
VE|venezuela|bolivarian republic venezuela|
VG|british islands virgin|britanniques iles vierges|britische jungferninseln|
VI|islands s u virgin|etats iles unis vierges|amerikanische jungferninseln|
VN|vietnam|nam viet|
VU|vanuatu|
WF|futuna wallis|
WS|samoa|
YE|yemen|jemen|
YT|mayotte|
ZA|africa south|afrique sud|sudafrika|suedafrika|
ZM|zambia|zambie|sambia|
ZW|zimbabwe|simbabwe|
`;
