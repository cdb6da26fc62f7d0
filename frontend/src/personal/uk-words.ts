/**
 * The words of the United Kingdom's pack: what is capitalised in English and is no person. Data only, in lower case;
 * it must never become a list of names.
 */

const set = (...lines: readonly string[]): ReadonlySet<string> => new Set(lines.flatMap((line) => line.split(" ")));

export const titles = set("mr mrs ms miss dr prof");

/** Never part of a name, wherever they stand: days and months, languages and peoples, places, public bodies. */
export const apart = set(
  "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august",
  "september october november december",
  "christmas easter ramadan eid",
  "english scottish gaelic british irish welsh arabic albanian afghan african asian bangladeshi bengali brazilian",
  "bulgarian cantonese chinese czech dari dutch eritrean ethiopian european farsi filipino french german ghanaian",
  "greek hausa hindi hungarian indian indonesian iranian iraqi italian kurdish latvian lithuanian mandarin moldovan",
  "nigerian pakistani pashto persian polish portuguese punjabi romani romanian russian slovak somali sorani spanish",
  "sudanese swahili syrian tagalog tamil thai tigrinya turkish ukrainian urdu vietnamese yoruba",
  "north south east west northern southern eastern western central upper lower royal",
  "scotland england wales britain uk kingdom united aberdeen aberdeenshire argyll ayrshire bute clackmannanshire",
  "dumfries dunbartonshire dundee edinburgh h-eileanan siar falkirk fife galloway glasgow highland highlands",
  "inverclyde inverness kinross lanarkshire lothian midlothian moray orkney perth renfrewshire shetland stirling",
  "kilbride",
  "london birmingham manchester liverpool leeds newcastle cardiff belfast",
  "africa arabia asia china emirates guinea kong lanka leone nigeria republic romania salvador vietnam albania",
  "poland states",
  "ambulance army council emergency helpline immigration migrant police salvation slavery social",
  "facebook google instagram snapchat telegram tiktok whatsapp aldi amazon asda lidl tesco uber",
);

/**
 * No name begins with them: how notes begin their sentences, who is meant, colours and makes of cars. Their forms in
 * -s, -d, -ed and -ing go without saying.
 */
export const opening = set(
  "mon tue wed thu thur fri sat sun feb apr aug sept oct nov dec",
  "a an the this that these those there here he she they it we you his her hers their them our my your i me him us",
  "who what when where why how which",
  "i'm i’m he's he’s she's she’s it's it’s they're they’re didn't didn’t don't don’t doesn't doesn’t can't can’t",
  "won't won’t",
  "and or but if so then as at by for from in into near of off on opposite out outside inside over past round since",
  "till to under until up with without about above after again all also always another any around away back because",
  "before behind below beside between both",
  "down during each every except few first second third last late later least less many maybe more most much never",
  "next no none not nothing now often once one two three four five six seven eight nine ten only other per perhaps",
  "please possibly probably same several some someone sometimes soon still though through today together tomorrow",
  "tonight too twice usually very via while yes yesterday yet",
  "is are am be been has have had do did does done can could might must should was were would",
  "afraid agree answer appear arrive ask avoid believe bring bruise call came cannot careful check come contact cry",
  "describe drive drop email feel felt find found gave get give given go goes got hear heard held hide hit hold",
  "hungry hurt keep kept knock know known leave left like live lock look made make meet mention message met move",
  "need notice open owe paid pay phone pick put reach refuse remember ring said saw say scare see seem seen send",
  "sent share shout show sleep slept smell spoke speak start stay stop suddenly take taken talk tell text think",
  "tired told took travel try turn use visit wait walk want watch wear went whisper woke work worry write",
  "adult advice baby bank big boss boy brother child children citizen cross daughter doctor door driver duty father",
  "friend girl guardian home husband interpreter job just lady lawyer manager man men modern mother neighbour new",
  "note nurse office officer old owner partner passport people person postcode red sister solicitor son staff team",
  "uncle aunt wife woman women work young",
  "black blue brown burger dark great greater green grey silver small white yellow audi bmw ford honda mercedes",
  "nissan toyota vauxhall volkswagen",
  "burkina costa el hong ivory los sierra sri saudi viet",
);

/** Make a place or a body of the capitalised words before them. */
export const closing = set(
  "road rd street st avenue ave lane court place square park drive crescent terrace gardens gate grove close mews",
  "row way walk wynd vennel brae quay bridge cross circus view loch river island islands estate industrial retail",
  "business trading unit",
  "house flat flats block tower towers building floor room ward wing close stair door lodge inn arms castle villa",
  "cottage caravan site camp farm farms dairy nursery quarry harbour port pier docks beach forest works yard",
  "hospital infirmary surgery clinic practice pharmacy school academy college university library church mosque",
  "temple chapel cathedral centre center station transit coast airport terminal bus hotel hostel guesthouse bar pub",
  "club cafe café restaurant takeaway kitchen grill pizza kebab bakery shop store stores market supermarket salon",
  "nail nails hair beauty spa massage wash garage laundry factory warehouse abattoir",
  "association authority board charity city company county court credit department foundation group hub ltd limited",
  "line network organisation organization partnership plc project service services society trust union",
);

/** What a postcode can begin with: Royal Mail's 121 areas and those of Guernsey, Jersey and Man. */
export const postcodeAreas: ReadonlySet<string> = set(
  /* not words */ "AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY G",
  /* not words */ "GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW",
  /* not words */ "OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC",
  /* not words */ "WD WF WN WR WS WV YO ZE",
);
