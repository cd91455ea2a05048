"""Texts of our own about sanctions of many senders and decades, written before the rules had seen any of them.

A coded measure stands in braces: `{type; status; quantity: words}`, the status by its first letter (p proposed,
a adopted, f in force, t threatened, l lifted, n not stated), the quantity left out where there is none, and `?` before
the type where a careful coder may leave the row out; `{=2: words}` is a further mention of the text's second measure.
`read_marked` takes the marks away.
"""

import re

STATUS = {
    "p": "proposed",
    "a": "adopted",
    "f": "in force",
    "t": "threatened",
    "l": "lifted",
    "n": "not stated",
}
_MARK = re.compile(r"\{(?:=(\d+)|(\??)([^;{}]+); (\w)(?:; ([\d.]+))?): ([^{}]+)\}")


def read_marked(marked):
    """(text, rows) of a marked text; a row is a dict with spans, type, status, quantity (float or None), optional."""
    pieces, rows, done, length = [], [], 0, 0
    for mark in _MARK.finditer(marked):
        before = marked[done : mark.start()]
        pieces += [before, mark[6]]
        start = length + len(before)
        length = start + len(mark[6])
        done = mark.end()
        if mark[1]:
            rows[int(mark[1]) - 1]["spans"].append((start, length))
            continue
        rows.append(
            {
                "spans": [(start, length)],
                "type": mark[3],
                "status": STATUS[mark[4]],
                "quantity": float(mark[5]) if mark[5] else None,
                "optional": bool(mark[2]),
            }
        )
    return "".join([*pieces, marked[done:]]), rows


# The same measure in other words: both texts of a pair give rows of the same types, statuses and quantities.
PAIRS = [
    (
        "Denmark {coal ban; a: banned imports of South African coal} on Thursday, its trade minister announced.",
        "Coal from South Africa {coal ban; a: may no longer enter Denmark}, under a law that parliament passed on Thursday.",
    ),
    (
        "The Commonwealth leaders agreed to {flight ban; a: end air links with South Africa}.",
        "Direct flights to Johannesburg {flight ban; a: were suspended} by the Commonwealth governments.",
    ),
    (
        "The Security Council {arms embargo; a: imposed an arms embargo on Liberia}.",
        "By a vote of 15 to none, the Council decided that all states must {arms embargo; a: halt deliveries of weapons and ammunition to Liberia}.",
    ),
    (
        "Washington {aid suspension; a: suspended economic aid to Haiti} after the coup.",
        "Economic assistance to Haiti {aid suspension; a: has been cut off} by Washington, the spokeswoman said.",
    ),
    (
        "The Treasury {designation of individuals; a; 6: blacklisted six Congolese officers} on Tuesday.",
        "Six Congolese officers {designation of individuals; a; 6: were placed on the Treasury's sanctions list} on Tuesday.",
    ),
    (
        "Brussels will {tariff; p: impose duties on American motorcycles} in response, the commissioner said.",
        "The commissioner said American motorcycles {tariff; p: would be hit with duties} in response.",
    ),
    (
        "The United States {tariff; a; 50: raised tariffs on Turkish steel to 50 percent} on Friday.",
        "{tariff; a; 50: A 50 percent duty was slapped on Turkish steel} by the United States on Friday.",
    ),
    (
        "Russia {seafood and food ban; a: banned the import of Norwegian salmon}.",
        "Norwegian salmon {seafood and food ban; a: has been barred from the Russian market}, the watchdog in Moscow announced.",
    ),
    (
        "Switzerland {asset freeze; a: froze bank accounts belonging to the Marcos family}.",
        "Money held by the Marcos family in Swiss banks {asset freeze; a: was blocked by order of the government}.",
    ),
    (
        "The European Union {travel ban; a; 19: barred 19 Zimbabwean ministers from entering its territory}.",
        "Nineteen Zimbabwean ministers {travel ban; a; 19: may not set foot in the European Union}, foreign ministers decided on Monday.",
    ),
    (
        "Australia {sports and cultural boycott; a: called off its cricket team's tour of Zimbabwe} on orders from the government.",
        "The government in Canberra {sports and cultural boycott; a: forbade the cricket team to tour Zimbabwe}.",
    ),
    (
        "Washington threatened to {oil and gas ban; t: stop buying Nigerian oil} unless the writer was released.",
        "If the writer is not released, the United States {oil and gas ban; t: will halt purchases of Nigerian crude}, Washington warned.",
    ),
    (
        "The U.N. Security Council on Wednesday {flight ban; l: lifted the flight ban on Libya}.",
        "The ban on flights to and from Libya {flight ban; l: was ended by the U.N. Security Council} on Wednesday.",
    ),
    (
        "Since 1962 the United States {trade ban; f: has maintained a trade embargo against Cuba}.",
        "Under a law of 1962, Americans are still {trade ban; f: forbidden to trade with Cuba}.",
    ),
    (
        "The Commerce Department {designation of entities; a; 28: added 28 Chinese companies to its entity list}.",
        "Twenty-eight Chinese companies {designation of entities; a; 28: were put on a trade blacklist} by the Commerce Department.",
    ),
    (
        "The Hague {technology export ban; a: will no longer grant licences for the export of its most advanced chip machines to China}, a decree published on Friday says.",
        "A decree published on Friday {technology export ban; a: bars the sale of the most advanced Dutch chip machines to China}.",
    ),
    (
        "Sweden {diplomat expulsion; a; 3: expelled three Rwandan diplomats} on Monday.",
        "Three Rwandan diplomats {diplomat expulsion; a; 3: were told to leave Sweden} on Monday.",
    ),
    (
        "A bill before the Senate would {investment ban; p: prohibit new American investment in Burma}.",
        "Americans {investment ban; p: would be barred from making new investments in Burma} under a bill before the Senate.",
    ),
    (
        "The African Union {diplomatic restriction; a: suspended Mali's membership} after the army took power.",
        "Mali {diplomatic restriction; a: was suspended from the African Union} after the army took power.",
    ),
    (
        "The EU {delisting; l; 3: removed three Belarusian companies from its sanctions list} on Friday.",
        "Three Belarusian companies {delisting; l; 3: were struck off the EU's blacklist} on Friday.",
    ),
    (
        "Japan {trade finance ban; a: halted new export credits for Iran}.",
        "No new export credits {trade finance ban; a: will be granted for Iran}, the government in Tokyo decided.",
    ),
    (
        "Britain plans to {insurance and services ban; p: ban its accountants from working for Russian firms}.",
        "Russian firms {insurance and services ban; p: will lose access to British accountants} under plans announced in London.",
    ),
    (
        "The Council {payment systems ban; a; 7: cut seven Russian lenders off from SWIFT}.",
        "Seven Russian lenders {payment systems ban; a; 7: were disconnected from the SWIFT network} by decision of the Council.",
    ),
    (
        "The Arab League {financial transactions ban; a: halted dealings with Syria's central bank}.",
        "Dealings with Syria's central bank {financial transactions ban; a: were stopped by the Arab League}.",
    ),
    (
        "Under the resolution adopted on Wednesday, members {gems and timber ban; a: may not import rough diamonds from Sierra Leone}.",
        "The resolution {gems and timber ban; a: prohibits the import of rough diamonds from Sierra Leone}.",
    ),
    (
        "Thailand {port ban; a: closed its harbours to Cambodian fishing boats}.",
        "Cambodian fishing boats {port ban; a: have been shut out of Thai ports}, the navy announced.",
    ),
    (
        "Ukraine {broadcasting ban; a; 14: banned 14 Russian television channels}.",
        "Kiev {broadcasting ban; a; 14: took 14 Russian television channels off the air} by decree.",
    ),
    (
        "The United States {technical cooperation ban; a: broke off military cooperation with Pakistan} over its atom test.",
        "Military cooperation with Pakistan {technical cooperation ban; a: was suspended by the United States} over its atom test.",
    ),
    (
        "The EU is preparing {asset freeze; p: an asset freeze} and {travel ban; p: a visa ban on the leaders of the coup}, diplomats said.",
        "The leaders of the coup could have {asset freeze; p: their assets frozen} and {travel ban; p: be refused visas} by the EU, diplomats said.",
    ),
    (
        "The G7 {price cap; a; 60: put a ceiling of $60 on the price of Russian crude}.",
        "Russian crude {price cap; a; 60: may not be sold for more than $60 a barrel}, the G7 decided.",
    ),
    (
        "Turkey {trade ban; a: halted all trade with Israel} on Thursday.",
        "All exports to and imports from Israel {trade ban; a: have been stopped}, the Turkish trade ministry announced on Thursday.",
    ),
    (
        "By the resolution Iraq's neighbours {fuel ban; a: were forbidden to sell it petrol or diesel}.",
        "The resolution {fuel ban; a: outlaws sales of petrol and diesel to Iraq} by its neighbours.",
    ),
]

# What names sanctions, bans and lists and reports no measure that counts.
# One deed in a sentence, each in a wording of another kind: the type that it is of.
WORDINGS = {
    "Canada said it had closed its ports to Sylvanian vessels.": "port ban",
    "No Sylvanian trawlers are allowed in Norway's ports.": "port ban",
    "Ottawa will allow no further sales of arms to Sylvania.": "arms embargo",
    "Norway will permit no more exports of oil to Freedonia.": "oil and gas ban",
    "Ottawa will license no more arms sales to Sylvania.": "arms embargo",
    "Denmark will invite no Iranian scholars, the ministry said.": "other",
    "Oslo will lend the junta in Burma nothing more.": "debt and equity ban",
    "Nor may anybody let the rebels in Angola have fuel.": "fuel ban",
    "The Kenyan state airline will not fly to Mogadishu from Monday.": "flight ban",
    "The bloc tightened restrictions on the National Bank of Belarus.": "designation of entities",
    "Ministers approved sanctions targeting officials and companies involved in the raid on Chad.": "designation of parties",
    "Egypt denied Qatari planes the use of its airspace.": "flight ban",
    "Ghana sent forty Togolese cadets packing.": "other",
    "Malta ordered customs to turn Libyan trucks away.": "road and rail ban",
    "Sudan loses its seat in the assembly of the League.": "diplomatic restriction",
    "The embargo on Haiti will also cover software.": "technology export ban",
    "Spain paused roughly $15 million for clinics in Niger.": "aid suspension",
    "Banks had been asked not to extend new credits to Tripoli, the ministry said.": "trade finance ban",
    "Today the Council imposed restrictive measures on an additional six judges in Belarus.": "designation of individuals",
    "Canada has sanctioned 22 officials and companies linked to the police of Belarus.": "designation of parties",
    "Saudi Arabia gave Qatari residents two weeks to leave.": "other",
    "Two banks in Minsk lose access to the financial messaging services of the Union.": "payment systems ban",
    "All property of the firms that is in Canada or in the hands of Canadian citizens is blocked.": "asset freeze",
    "Beijing stopped the import of pineapples from Taiwan.": "seafood and food ban",
    "Ottawa banned the sale of sandals and trousers made in Burma.": "textiles ban",
    "Norway will buy no more molybdenum from Chad.": "metals and minerals ban",
    "France forbade the sale of howitzers to Peru.": "arms embargo",
    "Ottawa would suspend about $50 million (40 million euros) in military aid to Chad.": "military assistance ban",
    "Kenyan runners have been barred from next year's Commonwealth games by the council.": "sports and cultural boycott",
    "Some 600 million francs held in Swiss banks by the Chadian central bank were blocked.": "asset freeze",
    "The ministry in Oslo said the staff of the Chadian embassy would have to be cut.": "diplomatic restriction",
    "Norway has suspended approvals of arms exports to Chad, the ministry said.": "arms embargo",
    "The ministers announced a suspension from the Commonwealth for Chad.": "diplomatic restriction",
    "Freedonia pulled out of the treaty that shares the river with Egypt.": "agreement suspension",
    "Turkey sealed its border with Armenia.": "road and rail ban",
    "The ministers ordered the frontier with Chad shut.": "road and rail ban",
    "Kenya ordered Somali airlines out of its skies.": "flight ban",
    "The World Bank withheld $120 million from Kenya.": "aid suspension",
    "Italy froze 140 million euros that belonged to the Libyan state.": "asset freeze",
    "Norway will lay hands on whatever the general's wife owns in Oslo.": "asset freeze",
    "The Dutch cut Suriname off from development funds.": "aid suspension",
    "The Commonwealth threw Fiji out.": "diplomatic restriction",
    "The league expelled Egypt and moved its seat to Tunis.": "diplomatic restriction",
    "Ghana's membership was put on ice by the union.": "diplomatic restriction",
    "London pulled its ambassador out of Harare.": "diplomatic restriction",
    "Saudi Arabia sent the Iranian ambassador packing.": "diplomat expulsion",
    "Chile's cricketers were banned from touring England, the ministry said.": "sports and cultural boycott",
    "Members may sell the Haitian junta neither weapons nor spare parts.": "arms embargo",
    "It is now illegal for Britons to insure Iranian tankers.": "insurance and services ban",
    "Every ship bound for Haiti is to be stopped and searched.": "cargo inspection",
    "Norwegian ports will be off limits to Russian trawlers.": "port ban",
    "The bloc resolved to keep the Malian colonels out of all 54 member countries.": "travel ban",
    "Holders of Togolese passports are not admitted to Ghana.": "travel ban",
    "The president signed an order that forbids new investment in Burma.": "investment ban",
    "Bolivian tin is to be boycotted by member states.": "metals and minerals ban",
    "The Treasury said it would permit imports of Cuban nickel, which the sanctions forbid.": "metals and minerals ban",
    "Foreign firms which deal with Iran will be placed on a blacklist.": "designation of entities",
}


LOOK_ALIKES = [
    "The ministry would give no details of the sanctions on Chad.",
    "The sanctions are to bring about an end to the war in Sudan.",
    "The minister decided not to enter the race for the post.",
    "Talks in Geneva will not delay trade with the islands.",
    "The two carriers will not share their planes.",
    "No visitors from Chile are allowed in the museum on Mondays.",
    "The judge allowed no cameras in the courtroom in London.",
    "Portugal sealed an accord on closer ties with Morocco.",
    "The union at Lufthansa threatened to block deliveries of fuel to German airports.",
    "The step will deprive Chile of millions of dollars in revenues.",
    "Sylvania, on which sanctions were imposed last year, is ending its dumping of chips in Freedonia.",
    "Officials allowed Mexican trucks to cross after the storm.",
    "The sanctions against Rhodesia were a failure from the start, the historian said.",
    "The coach banned his players from speaking to reporters before the final.",
    "Sanctions-busting tankers still load at night in the port, fishermen say.",
    "The embassy denied that it had been asked to cut staff.",
    "Doctors urged the ministry to ban sales of energy drinks to children.",
    "Traders expect that the embargo will drive up the price of oranges.",
    "The list includes two former prime ministers, a poet and the head of the opera.",
    "The bank added three branches in Lagos and named a new chairman.",
    "The airline said it would suspend flights to Caracas for want of passengers.",
    "Public opinion has turned against the sanctions, a poll shows.",
    "The United States said it had no plans to restrict exports of soybeans to China.",
    "The court ordered the company to freeze hiring and to sell its headquarters.",
    "Will the oil embargo hold? Few in Vienna think so.",
    "The company's entry was blocked by a rival that held the patent.",
    "The senator denied that he had ever voted to lift the embargo.",
    "Frozen fish exports rose by a tenth in the first quarter.",
    "The union threatened a boycott of the port unless the men were rehired.",
    "He was suspended from the club for three matches and banned from the stadium.",
    "The rebels captured a listing ship off the coast and expelled its crew.",
    "Analysts said tariffs on steel had not brought back jobs.",
    "In spite of the sanctions the factory makes more tractors than ever.",
    "Rice imports fell by half last year because of the drought.",
    "The council put off its debate on sanctions until next month.",
    "The president's critics accuse him of dodging questions over the blacklist.",
    "China cut its duty on imported soybeans to ease a shortage.",
    "The health ministry restricted the sale of the drug after two deaths.",
    "Villagers blocked the road and halted convoys of coal trucks.",
    "The minister refused to say whether the country would join the sanctions.",
    "A cap on electricity prices will end in March, the regulator said.",
    "The party expelled four members and suspended its youth wing.",
    "The company has hired a former diplomat to help it through the thicket of sanctions.",
    "Her new novel tells of a smuggler in the years of the embargo.",
    "The two leaders discussed the sanctions, trade and the climate over lunch.",
    "The flood cut off the town, and all flights and trains were cancelled.",
    "Opposition parties want the government to recall its ambassador.",
    "The orchestra cancelled its tour of Asia because its conductor was ill.",
    "The ministry suspended the teacher and stopped her pay.",
    "The new rules restrict parking near the port and ban trucks at night.",
    "Economists at the bank warn that a boycott would cost jobs at home.",
    "The company was fined $9 million for breaking the embargo on Sudan.",
]

# Whole stories with every measure coded.
STORIES = {
    "south africa 1986": """CAPE TOWN, Sept 30 - The South African currency fell on Tuesday after the twelve governments of the European Community agreed to {metals and minerals ban; a: ban imports of iron and steel from South Africa} and to {investment ban; a: stop new investment there}.

Coal, on which Bonn and Lisbon had held out, was left off the list.

In the United States, Congress is expected to override the president's veto of a bill that would {seafood and food ban; p: prohibit imports of South African fruit and vegetables}, {flight ban; p: withdraw landing rights from the national airline} and {debt and equity ban; p: forbid American banks to make new loans to the government}.

Japan, which has {diplomatic restriction; f: no diplomatic relations with Pretoria above the level of consul}, said it would {travel ban; p: stop issuing tourist visas to South Africans} and would discourage travel to the country.

The Commonwealth in 1985 {trade ban; f: banned the sale of Krugerrands}. Sweden and Denmark went further: {trade ban; f: all trade between Denmark and South Africa has been forbidden since June}.

"Sanctions will hurt those they are meant to help," the foreign minister said. Businessmen in Johannesburg said the measures would cost some 50,000 jobs.""",
    "iraq 1990": """UNITED NATIONS, Aug 6 - The Security Council, in its second vote since the invasion, ordered {?trade ban; a: a worldwide embargo on Iraq} on Monday.

The resolution, approved by 13 votes with two abstentions, {trade ban; a: bars all imports of goods from Iraq and occupied Kuwait} and {arms embargo; a: the sale to them of weapons}, and it {financial transactions ban; a: forbids states to make funds available to their governments}. Medicine and, in humanitarian circumstances, food are exempt.

President Bush {asset freeze; a: froze Iraqi and Kuwaiti assets in the United States} hours after the tanks rolled in. Japan on Sunday {oil and gas ban; a: halted imports of oil from both countries} and {trade finance ban; a: suspended government loans to Baghdad}.

Turkey has not decided whether to close the pipelines through which half of Iraq's oil flows.

The Iraqi ambassador called the resolution null and void. Cuba and Yemen, which abstained, said the council had acted in haste.""",
    "haiti 1993": """WASHINGTON - The United States will {travel ban; p: revoke the visas of Haitian officers who block the return of the elected president} and {asset freeze; p: freeze their bank accounts}, the White House said on Monday.

The Security Council is also considering {fuel ban; p: a ban on the sale of fuel to the island}, which has no refinery of its own.

The Organization of American States {trade ban; f: imposed a trade embargo in 1991}, but ships from Europe have ignored it.

A spokesman for the army said the officers would not yield to threats. The price of petrol in Port-au-Prince doubled within hours.""",
    "libya 1992": """TRIPOLI - Libya has until April 15 to hand over two men suspected of bombing an airliner, or it will be cut off from the sky.

Under Resolution 748 all states must {flight ban; f: deny permission to land to any aircraft that flies to or from Libya}. They must also {arms embargo; f: stop selling arms} and {?technology export ban; f: spare parts to it} and {diplomatic restriction; f: reduce the staff of Libyan embassies}.

The council can {?fuel ban; t: extend the measures to oil} later. Western diplomats said that Italy and Germany, which buy most of Libya's oil, were against it.

Arab airlines said they had already cancelled flights because of the holidays.""",
    "yugoslavia 1998": """LONDON, March 9 - Britain, France, Germany, Italy and the United States on Monday agreed on {trade finance ban; a: a moratorium on government credit for trade with Yugoslavia} because of the violence in Kosovo. They will also {travel ban; p: deny visas to Serbian officials responsible for repression} and press for {arms embargo; p: an arms embargo} in the Security Council.

Russia, the sixth member of the group, supported the embargo but not the other steps. It asked for more time.

If President Milosevic does not withdraw his special police within ten days, the five will {asset freeze; t: freeze the funds that Serbia holds abroad}.""",
    "cuba 2015": """HAVANA - The Obama administration on Thursday eased restrictions on Cuba that date from the Cold War.

Under rules that take effect on Friday Americans may use their credit cards on the island, and the {?financial transactions ban; a; 2000: limit on remittances rises to $2,000 a quarter}. Airlines no longer need a special licence to fly there.

The {trade ban; f: embargo itself stays in place}, since only Congress can end it. In May the State Department is to {delisting; p: remove Cuba from its list of states that sponsor terrorism}.

Farmers in Iowa hailed the change. "It is a beginning," said a grain trader in Des Moines.""",
    "iran 2012": """BRUSSELS, Jan 23 (Reuters) - European Union foreign ministers agreed on Monday on {oil and gas ban; a: an embargo on Iranian crude}, to take full effect on July 1.

No new contracts may be signed from now on. They also {asset freeze; a: froze the assets of Iran's central bank in Europe} and {metals and minerals ban; a: banned trade in gold and other precious metals with the state}.

Iran threatened to close the Strait of Hormuz. It called the decision psychological warfare.

The United States on Monday {designation of entities; a: imposed sanctions on Iran's third-largest bank, Bank Tejarat}. Australia said it would follow the EU.

Washington {payment systems ban; f: has already shut banks that deal with Iran's central bank out of the American financial system}, under a law that President Obama signed on New Year's Eve.""",
    "myanmar 2021": """Feb 11 - President Joe Biden said on Wednesday that he had approved an order for new sanctions on those behind the coup in Myanmar.

The order will {asset freeze; a; 1000000000: prevent the generals from getting at $1 billion of government funds} held in the United States. A first round of targets will be named this week, Biden said.

Washington will also impose {?trade ban; p: strong export controls} and is {aid suspension; a: freezing assistance that benefits the government}.

New Zealand {diplomatic restriction; a: suspended all high-level contacts with Myanmar} on Tuesday and {travel ban; a: imposed a travel ban on its military leaders}.

Tens of thousands protested for a sixth day.""",
    "venezuela 2019": """CARACAS/WASHINGTON - The Trump administration on Monday {designation of entities; a: imposed sanctions on Venezuela's state oil company}, the harshest step yet against President Nicolas Maduro.

The company's {asset freeze; a: property in the United States is blocked} and Americans are {financial transactions ban; a: prohibited from dealing with it}. Refineries owned by the firm in the United States can go on working as long as what they pay goes into a blocked account.

In 2017 the United States {debt and equity ban; f: barred its banks from buying new Venezuelan bonds}.

"The United States is trying to steal the refinery," Maduro said on state television. Oil prices rose by more than 2 percent.""",
    "chips 2022": """SHANGHAI, Oct 8 - Shares of Chinese chipmakers tumbled on Monday, after Washington published rules that {technology export ban; a: cut China off from certain semiconductors made anywhere in the world with American tools}.

The rules also {technical cooperation ban; a: forbid American citizens to support the making of advanced chips in China} without a licence. Separately, the Commerce Department {designation of entities; a; 31: added 31 companies to a list of firms that it cannot vet}.

Toolmakers have begun to withdraw staff. "It is a big blow," one manager in Wuhan said.

China's foreign ministry accused Washington of abusing trade measures.""",
    "tariff 2002": """GENEVA - The European Union said on Friday that it would {tariff; t; 335000000: impose tariffs of up to 100 percent on $335 million of American goods}, among them orange juice and T-shirts, if Washington does not withdraw its duties on steel by mid-June.

President Bush in March {tariff; f; 30: put duties of 8 to 30 percent on most imported steel}. China, Korea and Japan have joined the complaint against him.

Steel prices have risen by a third since then, according to the industry's institute.""",
    "olympics 1980": """WASHINGTON - President Carter, saying that the invasion of Afghanistan could not go unanswered, announced on Friday that he was {seafood and food ban; a; 17000000: halting the sale of 17 million tons of grain to the Soviet Union}.

Sales of computers and other {technology export ban; a: advanced technology are suspended}, and Soviet trawlers will {seafood and food ban; a: lose most of their catch in American waters}. The opening of {diplomatic restriction; a: new consulates in Kiev and New York is put off}.

He also held out the possibility that American athletes would {sports and cultural boycott; t: stay away from the summer Olympics in Moscow}.

Farmers protested. Argentina and Brazil said they would not sell less grain to Moscow.""",
    "fifa 2022": """ZURICH, Feb 28 - World soccer's governing body and its European counterpart on Monday {sports and cultural boycott; a: suspended Russian clubs and national teams from all competitions}.

Earlier the International Olympic Committee recommended that federations {sports and cultural boycott; a: invite no athletes from Russia or Belarus}.

Poland had refused to play Russia in a qualifier in March. The Russian federation said it would appeal.""",
    "syria 2011": """CAIRO, Nov 27 - Arab states voted on Sunday to impose economic sanctions on Syria, an unprecedented step against a fellow member.

The measures, backed by 19 of the League's 22 members, include {travel ban; a: a ban on travel by senior officials}, {asset freeze; a: a freeze on assets of the government}, {financial transactions ban; a: an end to dealings with the central bank} and {investment ban; a: a halt to Arab investment in Syria}. Flights from Arab capitals are to {flight ban; p: stop at a date to be set}.

Iraq abstained and said it would not carry them out. Lebanon "disassociated itself".

Syria's foreign minister called the vote a declaration of economic war. The Arab League {diplomatic restriction; f: suspended Syria's membership} two weeks ago.""",
    "nigeria 1995": """AUCKLAND, Nov 11 - Commonwealth leaders {diplomatic restriction; a: suspended Nigeria from the Commonwealth} on Saturday, a day after it hanged nine activists. They gave it two years to return to democracy or {diplomatic restriction; t: be expelled}.

The United States {diplomatic restriction; a: recalled its ambassador} and {arms embargo; a: banned the sale of military goods to Nigeria}. The European Union said it would {aid suspension; p: suspend development aid}.

Nelson Mandela called for an oil embargo, but Britain and the Netherlands, home of the company that pumps half of Nigeria's crude, would not hear of it.""",
    "rhodesia 1966": """NEW YORK, Dec 16 - For the first time in its history the Security Council voted {trade ban; a: mandatory economic sanctions} tonight, against the white rebel government of Rhodesia.

Members must {metals and minerals ban; a: buy no asbestos, iron ore, chrome or pig iron} from the colony, nor its {gems and timber ban; a: sugar, tobacco, copper or hides}. They may not {fuel ban; a: sell it oil}, {arms embargo; a: arms} or aircraft.

Portugal and South Africa are expected to go on trading with Salisbury.""",
    "north korea 2006": """UNITED NATIONS, Oct 14 (Reuters) - The U.N. Security Council unanimously voted on Saturday to impose financial and arms sanctions on North Korea.

The resolution {nuclear and missile technology ban; a: bars trade with North Korea in materials linked to its weapons of mass destruction and ballistic missiles} and {luxury goods ban; a: sales of luxury goods}. It {asset freeze; a: freezes the funds of people and businesses tied to the programmes} and {travel ban; a: bans them from travelling}. Nations are {cargo inspection; a: called upon to inspect cargo going to and from the country}.

At China's insistence the text rules out the use of force. The North's envoy walked out.""",
    "ukraine 2023": """KYIV, Feb 24 (Reuters) - Ukraine's parliament imposed sanctions on Russia's financial sector for 50 years.

President Volodymyr Zelenskiy signed a decree that puts {designation of individuals; a; 120: sanctions on 120 individuals} and {designation of entities; a; 287: 287 companies}, most of them Russian. They may {travel ban; a: not enter Ukraine} and their {asset freeze; a: property is to be seized}.

Britain the same day {technology export ban; a: banned the export of every item that Russia has been found using on the battlefield}. It also {designation of entities; a; 4: sanctioned four banks} and {designation of individuals; a: the heads of a nuclear agency}.

The 27 states of the EU were still arguing over {?further measures; p: a tenth package}, which would {payment systems ban; p; 3: cut three more banks off} and {trade ban; p: ban imports of Russian rubber}.""",
    "travel advice": """GENEVA, May 4 - The government on Tuesday advised against travel to the island after two bombs went off near the harbour.

Airlines have cut flights by half and cruise ships no longer call. Tour operators said customers were cancelling by the hundred. Insurance for small boats has trebled.

The finance minister said that he would cut the tax on hotels to zero and freeze airport fees for a year. The central bank limited withdrawals to $200 a day. "We are not under embargo," he said. "We are under a cloud."

The ministry expelled a reporter who had filmed the harbour, and closed two newspapers.""",
    "budget": """OTTAWA - The government will end its subsidies for small dairies in June, cap the price of insulin and ban single-use plastics from 2027.

The budget also freezes the pay of senior officials, limits the number of foreign students and suspends a programme of loans to exporters. Imports of used cars will be taxed at 12 percent, as the industry had asked.

A list of banned chemicals is to be extended. The opposition said the measures hit the poor, and named four of them.""",
}

# Stories written and coded before the rules were run on them for the first time, in four rounds. On the first run the
# rules reached P .90, R .61, F1 .73 on the ten of the first round; after a second coder had read these ten from the
# instructions alone (units F1 .97, type .93, status .94, quantity .94 in agreement) and the kinds of mistakes had been
# worked on, P .92, R .67, F1 .77 on the five of the second. The fourteen of the last two rounds (P .88, R .59, F1 .71; then
# P .93, R .63, F1 .75) have more wordings of their own; five states of theirs ("said it would") were set to the page's rule.
BLIND = {
    "niger 2023": """ABUJA, July 30 (Reuters) - West African leaders on Sunday gave the soldiers who toppled Niger's president one week to return to barracks and {?other; t: threatened to use force if they did not}.

At an emergency summit the regional bloc ECOWAS ordered {road and rail ban; a: the closure of all land and air borders with Niger}, {flight ban; a: set up a no-fly zone over the country for commercial flights} and {financial transactions ban; a: suspended all financial transactions between its members and Niamey}.

{asset freeze; a: The assets of the Nigerien state held in the region's central banks were frozen}, according to the communique, and the {travel ban; a: military officers behind the coup, their families and any civilian who agrees to serve in their government are barred from travel} in the bloc.

Similar measures were imposed on Mali in January 2022 and lifted six months later.

France said it {aid suspension; a: had halted all development aid and budget support} with immediate effect. The European Union also {technical cooperation ban; a: stopped security cooperation with Niger}, its foreign policy chief said.

In the capital, crowds waved Russian flags and burned a door of the French embassy. The price of rice rose by a fifth over the weekend, traders said. General Tchiani called the sanctions illegal and inhumane.

The United States, which keeps 1,100 troops in the country, said it was reviewing whether to {aid suspension; p: cut hundreds of millions of dollars in assistance}.""",
    "qatar 2017": """DUBAI, June 5 - Saudi Arabia, Egypt, the United Arab Emirates and Bahrain {diplomatic restriction; a: severed diplomatic relations with Qatar} on Monday, accusing it of supporting militants.

The three Gulf states {travel ban; a: gave Qatari residents and visitors two weeks to leave} and {=2: barred their own citizens from travelling to the emirate}. Riyadh {road and rail ban; a: shut the only land border} through which Qatar gets two fifths of its food and {port ban; a: closed its harbours to Qatari ships}. {?flight ban; p: Emirates, Etihad and flydubai said they would stop flying to Doha from Tuesday morning}, after {flight ban; a: Egypt and its allies closed their airspace to Qatar Airways}.

Abu Dhabi gave {diplomat expulsion; a: Qatar's diplomats 48 hours to go home}.

Saudi Arabia also {broadcasting ban; a: revoked the licence of the Al Jazeera office in Riyadh}. It had {broadcasting ban; f: blocked the channel's website in May}.

Doha said the decision was unjustified and based on claims that had no basis in fact. Oil prices rose after the news, then fell. "What is happening is the preliminary result of the sword dance," a deputy head of Iran's presidential staff wrote on Twitter.

A Qatari soccer club asked whether its match in Jeddah would go ahead. Supermarkets in the capital were emptied within hours.""",
    "libya 2011": """UNITED NATIONS (AP) - The U.N. Security Council voted unanimously late Saturday to impose {?designation of individuals; a: sanctions on Moammar Gadhafi, his family and his top associates} in an attempt to stop the deadly crackdown on protesters.

The council said its 15-0 vote also referred the bloodshed to a war crimes prosecutor in The Hague.

The resolution calls for {arms embargo; a: a ban on arms sales to Libya}. It also {travel ban; a; 16: bans travel by 16 Libyan leaders}, the colonel and eight of his children among them, and {asset freeze; a; 6: freezes the foreign assets of six of them}.

All members are urged to {cargo inspection; a: inspect cargo bound for Libya} where they have grounds to believe that it holds weapons.

On Friday, President Barack Obama {asset freeze; a; 4: signed an order that froze the property of Gadhafi and four of his children in the United States}, and the {diplomatic restriction; a: embassy in Tripoli was shuttered}. Britain {other; a: revoked his diplomatic immunity}.

Council members did not consider a no-fly zone, and no action that called for force was in the text. Diplomats said China and others had first opposed the referral.

"When a leader's only means of staying in power is to use mass violence, he has lost the legitimacy to rule," the White House said. A hundred Libyan diplomats have quit since the uprising began on Feb 15.""",
    "poland 1987": """Reagan lifts sanctions against Poland

WASHINGTON, Feb 19 - President Reagan today {tariff; l: lifted the remaining economic sanctions that the U.S. Imposed on Poland} in December 1981, citing the release of political prisoners.

He said he was {=1: restoring most-favored-nation tariff treatment for Polish goods} and {trade finance ban; l: ending the ban on new U.S. Government credits and credit guarantees} to Warsaw.

The trade status was {tariff; f: withdrawn in October 1982} after the Solidarity union was outlawed. Earlier steps had already {flight ban; l: given back landing rights to the Polish airline LOT} and {seafood and food ban; l: let Polish trawlers fish in U.S. Waters again}.

Polish exports to the United States fell to 200 mln dlrs a year from more than 400 mln under the sanctions, according to Commerce Department figures. Warsaw puts its loss at 15 billion dlrs, a figure that western bankers call absurd.

Poland owes western banks and governments 33.5 billion dlrs. A spokesman for the embassy welcomed the move but said the damage would take years to repair.

The head of the Polish American Congress had asked for the step. "We will continue to watch the human rights situation," Reagan said in a statement issued by the White House.""",
    "fiji 2006": """SUVA, Dec 5 - Fiji's military commander said on Tuesday he had taken control of the country, and its neighbours moved within hours to punish him.

Prime Minister Helen Clark said New Zealand was {travel ban; a: banning officers of the Fijian armed forces and their families from entering the country}, {technical cooperation ban; a: suspending defence ties}, and {sports and cultural boycott; a: keeping out sports teams that take part under Fiji's flag}. New {aid suspension; a: development aid is on hold}, and {overseas workers ban; a: Fijians will no longer be recruited for seasonal work}.

"This is an outrage," she told reporters in Wellington.

Australia announced {arms embargo; a: an arms embargo} and {travel ban; a: visa restrictions on members of the new regime}, Foreign Minister Alexander Downer said. Canberra had three warships near Fiji to evacuate its citizens, if need be.

The Commonwealth is expected to {diplomatic restriction; p: suspend Fiji's membership} when its ministers meet in London on Friday. It did the same after the coup of 2000.

The United States said it would {aid suspension; p; 2500000: cut off about $2.5 million in aid}, most of it for the military. Tourism, which earns the islands $400 million a year, will suffer, hotel owners said. Fiji rugby players in Britain feared for their work permits.""",
    "zimbabwe 2002": """BRUSSELS, Feb 18 (BBC) - European Union foreign ministers have agreed to {travel ban; a; 19: impose a travel ban on President Robert Mugabe and 19 of his closest aides} after Zimbabwe threw out the head of the EU's election observers.

{asset freeze; a: Any money they keep in European banks will be frozen}, the ministers said, and {arms embargo; a: no weapons} or {repression equipment ban; a: equipment that could be used for internal repression} may be sold to the country.

The EU is also {aid suspension; a; 128000000: withholding 128m euros in development aid} that was due between now and 2007. Humanitarian projects will not be touched.

Pierre Schori, the Swedish diplomat who led the observers, left Harare on Saturday after his visa was revoked. The remaining thirty observers are to be withdrawn.

The measures are to be reviewed in a year. Zimbabwe's information minister said they amounted to economic terrorism.

The United States is likely to follow suit: in December Congress passed a law that {trade finance ban; f: instructs American directors to vote against any loan to Zimbabwe} from the international lenders. Britain has {arms embargo; f: had a ban on arms exports in place} since May 2000.

South Africa's president said he was opposed to sanctions. England's cricketers have not decided if they will play there.""",
    "treasury sudan 2023": """WASHINGTON - Today, the U.S. Department of the Treasury's Office of Foreign Assets Control (OFAC) {designation of entities; a; 4: designated four companies} for generating revenue from, and contributing to, the conflict in Sudan. Two of them are tied to the Rapid Support Forces, and two to the Sudanese Armed Forces.

"Through sanctions, we are cutting off key financial flows," said the Secretary of the Treasury. "The United States will stand on the side of civilians."

The Department of State is concurrently {travel ban; a: imposing visa restrictions on individuals} in Sudan, among them officials from both sides and leaders of the former regime.

Al Junaid Multi Activities was founded by the commander of the RSF and controls gold mines in Darfur. Defense Industries System makes arms and earned about $2 billion in 2020.

SANCTIONS IMPLICATIONS

As a result of today's action, {asset freeze; a: all property and interests in property of the designated companies that are in the United States are blocked} and must be reported to OFAC. {financial transactions ban; a: All transactions by U.S. persons or within the United States that involve any property of designated persons are prohibited}. {secondary sanctions; t: Foreign banks that knowingly facilitate a significant transaction for them risk losing their accounts in the United States}.

The ultimate goal of sanctions is not to punish, but to bring about a positive change in behavior.""",
    "yugoslavia 1992": """UNITED NATIONS, May 30 - The Security Council imposed sweeping sanctions on Yugoslavia today, hoping to force an end to the war in Bosnia.

By 13 votes to none, with China and Zimbabwe abstaining, the Council {trade ban; a: cut off all trade with Serbia and Montenegro}, including oil, and {flight ban; a: severed air links}. Only food and medicine may pass.

Nations are also required to {asset freeze; a: freeze Belgrade's foreign assets}, {diplomatic restriction; a: reduce the level of staff at Yugoslav missions}, {sports and cultural boycott; a: prevent its athletes from taking part in sporting events} on their soil and {technical cooperation ban; a: suspend scientific and technical cooperation and cultural exchanges}. The Yugoslav soccer team, which is already in Sweden for the European championship, will have to go home.

A proposal to expel Belgrade's delegation from the General Assembly was left out of the resolution at Russia's request.

The Council had already {arms embargo; f: ordered a halt to arms deliveries to all of Yugoslavia in September}. On Wednesday the European Community {trade ban; a: agreed to a partial trade embargo} of its own and {trade finance ban; a: stopped export credits}.

Lines formed at petrol stations in Belgrade. President Milosevic said the sanctions were the price for supporting Serbs abroad, and that the country had enough grain for a year.""",
    "japan 2006": """TOKYO, Oct 11 (Kyodo) - Japan will {trade ban; a: ban all imports from North Korea} and {port ban; a: prohibit its ships from entering Japanese ports} for six months, the government decided on Wednesday night, two days after Pyongyang said that it had tested a nuclear device.

{travel ban; a: North Korean nationals will in principle not be allowed into the country}, Chief Cabinet Secretary Yasuhisa Shiozaki told a news conference. The cabinet is to approve the steps on Friday.

The ban will hit clams and matsutake mushrooms, which make up much of a trade that was worth 21 billion yen last year. Twenty-four North Korean ships now in port were told to leave.

Japan in July {port ban; f: barred the ferry Mangyongbong-92 from its ports} after the North fired seven missiles. In September it {financial transactions ban; f; 15: stopped transfers of money to fifteen groups and one person} suspected of links with the weapons programme.

In New York, the United States has circulated a draft that would let countries {cargo inspection; p: inspect cargo going in and out of the North} and would {luxury goods ban; p: prohibit trade in luxury goods}. China's ambassador said that some of it goes too far.

North Korea's envoy said that his country would take strong countermeasures. Share prices in Seoul recovered.""",
    "turkey 2015": """MOSCOW, Nov 28 - President Vladimir Putin on Saturday signed a decree with economic sanctions against Turkey, four days after it shot down a Russian bomber near the Syrian border.

{flight ban; a: Charter flights between the two countries are banned}, and {tourism ban; a: travel agencies are told not to sell holidays in Turkey}. Some {trade ban; a: imports from Turkey, which the government is to list, will be stopped}. {overseas workers ban; a: Russian employers may not hire Turkish nationals from January 1}; those at work before the end of the year may stay.

Moscow {travel ban; a: ended visa-free travel for Turks} on the same day. On Friday the agriculture ministry said a sixth of {seafood and food ban; f: Turkish poultry had been turned back} at the border for what it called sanitary reasons.

A spokesman said there were 200,000 Turkish citizens in Russia. The building of a gas pipeline is not touched by the decree, nor is the nuclear plant at Akkuyu, for which a state company has paid $3 billion.

President Tayyip Erdogan, who had advised Russia not to play with fire, said he was saddened. Tomatoes from Antalya made up a fifth of what Russians eat in winter.

Duma members called for the straits treaty to be reviewed. Analysts say the measures could cost Turkey $9 billion.""",
    "argentina 1982": """BRUSSELS, April 10 - The European Economic Community tonight {trade ban; a: banned all imports from Argentina} to support Britain in the dispute over the Falkland Islands, a step without precedent in its history.

The ten governments had already {arms embargo; f: put an embargo on arms sales to Buenos Aires} earlier in the week. The import ban takes effect on April 16 and will hold for a month unless it is renewed, officials said.

Britain, which {asset freeze; a; 1400000000: froze 1.4 billion dollars of Argentine assets in London} last Saturday, had asked for the measure. New Zealand {diplomatic restriction; a: broke off diplomatic relations} and {flight ban; a: barred Argentine airliners from landing}, while Canada {arms embargo; a: halted shipments of military equipment}.

Italy and Ireland agreed with reluctance. Half the Argentine football league's players have Italian passports.

In Washington, a State Department official said the United States was not considering sanctions while Secretary Haig was still trying to find a settlement. Argentina's economy minister said the country would find other buyers for its beef and wool.

Trade between Argentina and the Community came to 4.2 billion dollars last year.""",
    "burma 2012": """CANBERRA/BRUSSELS, April 23 - The European Union on Monday agreed to lift its sanctions on Myanmar for a year to reward its political reforms, but {arms embargo; f: kept an arms embargo in place}.

Under the decision, {delisting; l; 800: more than 800 companies will be struck from a blacklist} and {asset freeze; l; 500: the assets of nearly 500 people will be released}. {metals and minerals ban; l: A ban on imports of minerals}, {gems and timber ban; l: gems and timber} also falls away.

Australia said last week it would {delisting; p: remove the president and other reformers from its list} of people who are refused visas. Japan has {trade finance ban; l: resumed loans to the country}, which it had {trade finance ban; f: suspended in 1987}, and will forgive debts of $3.7 billion.

The United States this month {investment ban; p: said it would begin to ease a ban on investment} there. Senator McCain called for caution.

Opposition leader Aung San Suu Kyi has supported a suspension. Human rights groups said hundreds of political prisoners remained in jail and called the decision premature.

Catherine Ashton, the bloc's foreign policy chief, will open an office in Yangon on Saturday.""",
    "australia china 2020": """SYDNEY, Nov 27 - China will {tariff; p; 212: impose temporary duties of up to 212 percent on Australian wine} from Saturday, its commerce ministry said, the latest blow in a quarrel that began when Canberra called for an inquiry into the origins of the coronavirus.

Beijing has in recent months {coal ban; f: turned away ships with Australian coal}, {seafood and food ban; f: suspended beef imports from five abattoirs} and {tariff; f; 80: put an 80 percent tariff on barley}. Cotton mills were {textiles ban; f: told not to buy from Australia}, and {gems and timber ban; f: timber from Queensland was stopped} over pests.

Australian officials said the duties were a form of economic coercion. "The cumulative effect looks like a strategy," Trade Minister Simon Birmingham said.

China buys 37 percent of Australia's wine, worth A$1.2 billion a year. Shares in the biggest producer fell by 11 percent before trading was halted.

The embassy in Canberra this month handed a list of 14 grievances to journalists, among them the decision to {technology export ban; f: keep Huawei out of the country's 5G network}.

Growers in the Barossa Valley are looking for buyers in Britain and Vietnam.""",
    "sierra leone 2000": """UNITED NATIONS, July 5 (Reuters) - The Security Council on Wednesday {gems and timber ban; a: imposed a worldwide ban on the purchase of rough diamonds from Sierra Leone} until the government can certify where they come from.

The resolution, adopted by 14 votes with Mali abstaining, aims to dry up the trade with which rebels of the Revolutionary United Front pay for their guns. It also calls on states to {arms embargo; a: enforce an arms embargo on the rebels} that dates from 1997.

Britain, which drafted the text, and the United States accused Liberia of selling the stones for the rebels. Its president, Charles Taylor, denied this.

Council members said they would consider {?travel ban; p: a ban on travel by Liberian officials} if the smuggling went on. A panel of experts is to report by October.

The diamond exchange in Antwerp said it would {designation of parties; p: blacklist any dealer} who trades in rebel stones. De Beers stopped buying Angolan diamonds last October.

The ban, to be reviewed in 18 months, does not apply to stones with a certificate from the government in Freetown. "Diamonds have fuelled this war," said Richard Holbrooke, the American ambassador.""",
    "belarus 2021": """VILNIUS, May 24 - European Union leaders on Monday called on airlines to {flight ban; a: avoid the airspace of Belarus} and agreed to {flight ban; a: shut their own skies and airports to its carrier Belavia}, a day after a fighter jet forced a passenger plane to land in Minsk so that a journalist could be arrested.

They also told ministers to {designation of individuals; p: add more officials to a list} of those whose {asset freeze; f: assets are frozen} and who {travel ban; f: may not travel to the bloc}. It has 88 names so far.

Britain {flight ban; a: withdrew Belavia's operating permit} and told its airlines not to fly over the country. Ukraine {flight ban; a: cut air links} from Wednesday. Latvia and Belarus {diplomat expulsion; a: expelled each other's diplomats}, after the mayor of Riga took down the Belarusian flag at an ice hockey tournament.

Poland's prime minister said a package worth 3 billion euros for a democratic Belarus was on hold until then. Potash and oil products, on which Minsk lives, may be next, diplomats said.

President Lukashenko's office said the plane had been diverted because of a bomb threat. Russia called the response shocking.

Ryanair's chief executive spoke of a state-sponsored hijacking. The price of Belarusian bonds fell.""",
    "cheonan 2010": """SEOUL, May 24 (Reuters) - South Korea said on Monday it would {trade ban; p: cut all trade with the North} and {port ban; p: bar its ships from using the South's waters} after investigators concluded that a North Korean torpedo had sunk one of its warships.

"North Korea will pay a price," President Lee Myung-bak said in a televised address. He pledged to take the case to the United Nations Security Council, where China could block new sanctions.

The unification ministry said {travel ban; a: visits by South Koreans to the North would not be permitted}, apart from trips to the Kaesong industrial park. {investment ban; a: New investment in the North is also banned}, and {aid suspension; a: aid projects are on hold, with the exception of help for children}.

Loudspeakers that were switched off in 2004 will again carry news and music across the border, the defence ministry said. The North threatened to shoot at them.

Trade between the two Koreas was worth $1.7 billion last year. Analysts at Samsung's institute say the sanctions could cost Pyongyang $200 million a year, a figure that others doubt.

The White House backed Lee and said the U.S. military had been told to work with his. Japan, which {trade ban; f: has banned all imports from the North since 2006}, is {financial transactions ban; p: considering tighter limits on money sent there}. Beijing called for calm. The won fell by 1.7 percent.""",
    "kashmir 2019": """ISLAMABAD, Aug 7 - Pakistan said on Wednesday it would {diplomat expulsion; p: expel the Indian high commissioner} and {trade ban; p: suspend bilateral trade} after New Delhi stripped its part of Kashmir of its special status.

The National Security Committee, chaired by Prime Minister Imran Khan, also decided that Pakistan's own envoy, who had yet to take up his post, {diplomatic restriction; p: would not move to Delhi}. Foreign Minister Shah Mehmood Qureshi later told television that {road and rail ban; p: the Samjhauta Express train would no longer run}, and the culture ministry said {sports and cultural boycott; p: no Indian film would be shown in cinemas}.

India {tariff; f: withdrew Pakistan's most favoured nation status} in February after a suicide bombing and {tariff; f; 200: raised duties on its goods to 200 percent}, which had already brought trade close to nothing. Pakistan {flight ban; l: closed its airspace to Indian airlines} for nearly five months until July.

Troops are patrolling Srinagar, where phones and the internet have been cut off since Sunday night and more than 100 politicians were arrested. Schools are shut.

Khan said the matter would be raised at the Security Council and did not rule out taking it to the world court. The United States urged both sides to talk and denied that it had been told in advance.

An Indian official called the steps an attempt to alarm the world. Cotton traders in Karachi said they would have to buy from Brazil.""",
    "austria 2000": """VIENNA, Feb 4 - The European Union's other 14 members {diplomatic restriction; a: cut political contacts with Austria} on Friday, hours after a government with Joerg Haider's far-right Freedom Party was sworn in.

As they had warned on Monday, the 14 {diplomatic restriction; a: will not receive Austrian ambassadors above the technical level} and will {other; a: give no support to Austrian candidates for posts in international bodies}. {?diplomatic restriction; a: Bilateral meetings of ministers are out}.

Israel {diplomatic restriction; a: recalled its ambassador}, Nathan Meron, and said {travel ban; a: Haider was not welcome on its soil}. The United States {diplomatic restriction; a: summoned its envoy home for consultations} but stopped short of other steps. Norway and Canada said they were reviewing their ties.

Chancellor Wolfgang Schuessel called the measures unjust and asked for a chance. He signed a declaration on European values at the insistence of President Thomas Klestil, who turned down two of Haider's nominees.

Belgium's foreign minister said it would be immoral to go skiing in Austria. Belgian schools {tourism ban; a: cancelled trips to the Tyrol}, and organisers of a tourism fair in Brussels asked Austria to stay away.

The Commission, which is bound to watch over the treaties, will keep on working with Vienna. Nothing prevents Austrian ministers from voting in the Council. Several thousand demonstrators threw eggs and paint outside the chancellery, and police used water cannon.""",
    "turkey 2020": """WASHINGTON, Dec 14 (Reuters) - The United States on Monday {designation of entities; a: imposed sanctions on Turkey's defence procurement agency} over its purchase of a Russian missile system.

The measures, which Secretary of State Mike Pompeo announced, {arms embargo; a: ban American export licences for the Presidency of Defense Industries}, {debt and equity ban; a: bar it from loans of more than $10 million} by U.S. institutions and {asset freeze; a: freeze whatever its head, Ismail Demir, owns in the United States}. Demir and {travel ban; a; 3: three colleagues will be refused visas}.

Washington {?arms embargo; f: threw Turkey out of the F-35 fighter programme} last year. Ankara says it bought the S-400 batteries because no ally would sell it Patriots on acceptable terms, and it denies that they could betray the jet's secrets.

Congress had pressed President Donald Trump to act for more than a year. A defence bill that passed on Friday would have obliged him to {designation of parties; p: sanction those involved within 30 days}. Trump has threatened to veto it for other reasons.

Turkey's foreign ministry vowed to {?other; t: retaliate in a manner and at a time it sees fit}. The lira, which had weakened on reports of the decision, gained 1.5 percent since the steps were milder than feared: banks are not hit.

EU leaders last week agreed to {designation of parties; p: draw up a longer list of Turkish individuals} involved in drilling off Cyprus; they put off talk of tariffs or an arms embargo until March.""",
    "guinea 2021": """ACCRA, Sept 16 (Reuters) - West African leaders on Thursday {asset freeze; a: froze the financial assets of Guinea's junta members and their relatives} and {travel ban; a: barred them from travelling}, turning up the heat on soldiers who ousted President Alpha Conde this month.

After an emergency summit in Ghana's capital the Economic Community of West African States also insisted on elections within six months. Its president, Jean-Claude Kassi Brou, read out the decisions. Guinea had already been {diplomatic restriction; f: suspended from the 15-nation bloc}.

The heads of Ghana and Ivory Coast will fly to Conakry on Friday to explain them to Colonel Mamady Doumbouya, who has forbidden officials to leave the country and ordered the central bank to freeze government accounts so that nothing is stolen.

The leaders did not close borders or stop trade, as they did with Mali last year. Those {trade ban; l: restrictions, which hit the price of onions and cement, were lifted} in October once a civilian had been named to lead the transition.

A junta spokesman said soldiers had no accounts abroad and therefore nothing to lose. Mining firms report that bauxite is being loaded as usual; aluminium touched a 13-year high in London on fears of a halt.

The United States condemned the coup and said it might limit its support. China, the biggest buyer of the ore, asked that Conde be released.""",
    "norway 2010": """OSLO, Dec 9 (Reuters) - China has {agreement suspension; f: called off talks on a free-trade deal} with Norway since a jailed dissident, Liu Xiaobo, was awarded the Nobel Peace Prize in October, the trade ministry in Oslo said on Thursday.

A meeting of fisheries ministers was cancelled within days of the announcement, and a Norwegian musical was denied a stage in Beijing. Officials have been told to {?diplomatic restriction; f: avoid their Norwegian counterparts}, according to two diplomats. The committee that awards the prize is independent of the government.

Exporters of salmon fear for a market that grew by half this year. "Nobody has refused a fish yet," said a manager at Marine Harvest. But importers in Shanghai told Reuters that veterinary checks had become slow since the autumn and that some consignments were sent back.

Nineteen countries will not attend Friday's ceremony, most of them under Chinese pressure, the committee's secretary said. Serbia changed its mind after a reminder from Brussels, which has its membership application on the table.

Liu's wife is under house arrest, and police have barred more than 100 activists from leaving China. Web sites of the BBC and of Norway's broadcaster were blocked on Thursday.

Foreign ministry spokeswoman Jiang Yu said the prize committee was "orchestrating an anti-China farce". She would not say if further measures were planned.

Statoil and Telenor, which have interests in China, declined to comment.""",
    "eritrea 2009": """UNITED NATIONS, Dec 23 (Reuters) - The U.N. Security Council imposed {arms embargo; a: an arms embargo on Eritrea} on Wednesday for supplying rebels in Somalia and refusing to settle a border dispute with Djibouti.

Thirteen of the 15 members voted for the resolution, which Uganda drafted at the request of the African Union. Libya was against it; China, which rarely likes sanctions, abstained.

It also provides for {asset freeze; a: a freeze on the foreign assets of political and military leaders} and {travel ban; a: a ban on their travel}. A committee that already watches over measures on Somalia is to {designation of parties; p: draw up the list of those affected}. All states are asked to {cargo inspection; a: search ships and planes bound for Eritrea} if they have grounds to believe that there are weapons on board.

Asmara {arms embargo; a: may not export arms either}. Its envoy, Araya Desta, called the text shameful and denied the charges. "We are not afraid," he said.

An earlier draft would have hit mining and the tax that Eritreans abroad pay to their embassies, but this was dropped to win over Moscow. The United States, which had threatened to put Eritrea on its list of states that sponsor terrorism, welcomed the vote.

The African Union had never before asked for sanctions on a member. Ethiopia, which fought Eritrea from 1998 to 2000 in a war that killed 80,000, said the decision was overdue.""",
    "burma 2007": """OTTAWA, Nov 14 - Canada will {trade ban; p: ban nearly all exports to Burma}, {trade ban; p: all imports from it} and {investment ban; p: any new investment by Canadians}, the foreign minister said on Wednesday, calling the sanctions the toughest in the world.

"The regime is abhorrent to Canadian values," Maxime Bernier told business people in Toronto. Under regulations to be published within weeks, {asset freeze; p: the assets of Burmese citizens who are close to the generals will be frozen}, {financial transactions ban; p: no financial services may be provided to the country}, and {port ban; p: ships under its flag will not be let into Canadian ports}. {flight ban; p: Nor will its aircraft be allowed to land}.

Canada sold Burma goods worth $140,000 last year, chiefly medical equipment, so the effect will be small; opposition parties said the government should have gone after a mining company, Ivanhoe, whose old stake in a copper mine is held by a trust.

At least 15 people died in September when soldiers broke up marches led by monks. The junta has since met the U.N. envoy twice and freed some of those arrested.

The United States {asset freeze; f; 14: froze the property of 14 officials} in September and later {designation of individuals; f; 11: added 11 more to its list}. The European Union on Monday {gems and timber ban; a: approved an embargo on timber, metals and gems}. Japan {aid suspension; f: cut $4.7 million in grants} in October after one of its journalists was shot.

Asean, which will meet in Singapore next week, has ruled out sanctions. China opposes them.""",
    "belarus 2008": """MINSK, March 7 (Reuters) - Belarus said on Friday it was {diplomatic restriction; a: recalling its ambassador to Washington} because of {designation of entities; f: U.S. sanctions against the state oil products company Belneftekhim}, and {?diplomatic restriction; p: recommended that the American envoy leave Minsk}.

The United States last November {asset freeze; f: froze the company's assets} and {financial transactions ban; f: barred Americans from doing business with it}, saying that it was controlled by President Alexander Lukashenko. The Treasury on Thursday made clear that subsidiaries were covered.

Washington has since 2006 {travel ban; f; 16: banned 16 Belarussian officials from entering the United States} over a presidential vote that it considers rigged.

A U.S. embassy spokesman said Ambassador Karen Stewart had no plans to go. He said sanctions could be reviewed if the last political prisoner, Alexander Kozulin, was released.

Lukashenko freed several opponents this year, and the European Union opened an office in Minsk on Friday. It {tariff; f: withdrew trade preferences from Belarus} last June because of limits on trade unions, but diplomats say talks are going on about getting them back.

The foreign ministry accused the United States of breaking a promise of 1994 not to use economic pressure. Belneftekhim said its exports had not suffered.""",
    "skripal us 2018": """WASHINGTON, Aug 8 (Reuters) - The United States said on Wednesday it would {technology export ban; p: deny licences for the export of sensitive goods to Russia} after it determined that Moscow had used a nerve agent against a former spy and his daughter in Britain.

The sanctions will take effect around Aug 22, the State Department said. They cover {technology export ban; p: gas turbine engines, electronics and calibration equipment} that were previously allowed case by case, a senior official told reporters. Exemptions will be made for space flight and for the safety of passenger planes.

If Russia does not give "reliable assurances" within 90 days, a second round would follow. It could include {diplomatic restriction; t: a downgrading of diplomatic relations}, {flight ban; t: a suspension of landing rights for Aeroflot} and {trade ban; t: a ban on nearly all exports and imports}.

Russia's embassy called the accusations far-fetched. The rouble fell to its lowest since November 2016.

Britain, which {diplomat expulsion; f; 23: expelled 23 Russians} in March, welcomed the decision. The United States at that time {diplomat expulsion; f; 60: ordered 60 diplomats to leave} and {diplomatic restriction; f: closed the consulate in Seattle}.

Senators have proposed a bill that would {debt and equity ban; p: block purchases of new Russian government bonds}. President Trump has been criticised for his summit with Vladimir Putin in Helsinki, where he cast doubt on the findings of his own agencies.""",
    "honduras 2009": """TEGUCIGALPA, July 2 (AP) - Neighbours and lenders tightened the screws on Honduras on Thursday, four days after soldiers put President Manuel Zelaya on a plane to Costa Rica in his pyjamas.

The World Bank has {aid suspension; a; 270000000: paused $270 million in loans}, and {military assistance ban; a: the Pentagon suspended joint operations with the Honduran army}. Guatemala, El Salvador and Nicaragua {road and rail ban; a: closed their borders to trucks} for 48 hours. Venezuela's Hugo Chavez said {oil and gas ban; p: oil shipments would be halted}.

Every country of the European Union {diplomatic restriction; a: withdrew its ambassador}, Spain's foreign minister said. France and Italy had done so on Wednesday.

The Organization of American States gave the new rulers until Saturday to restore Zelaya or {diplomatic restriction; t: see the country's membership suspended}. Its secretary general is due in Tegucigalpa on Friday but will not negotiate.

Congress curbed the right of assembly during a nightly curfew. Roberto Micheletti, whom it swore in as interim president, told a crowd that no one would make him resign and that the army had acted on the orders of a court.

Washington has not cut off most of its aid, since a formal finding that a coup took place would oblige it to do so. Officials said they were studying the law. Coffee exporters reported delays at the Nicaraguan border. Schools remain shut by a teachers' strike.""",
    "ghana ivory 2011": """ABUJA, Jan 23 - West Africa's central bank {?financial transactions ban; a: cut Ivory Coast's sitting president off from state accounts} on Saturday and handed signing powers to Alassane Ouattara, who is recognised abroad as the winner of November's election.

Ouattara, holed up in a hotel under U.N. guard, on Sunday {seafood and food ban; a: ordered a ban on exports of cocoa and coffee for a month}. Traders who ignore it will be sanctioned, his prime minister said in a statement. Cocoa futures jumped seven percent.

The European Union has {asset freeze; f: frozen the assets of Laurent Gbagbo}, his wife and 83 others and {port ban; f: forbidden its ships to do business with the ports of Abidjan and San Pedro}. American citizens {financial transactions ban; f: may not deal with him} under an order that President Barack Obama signed this month. A {travel ban; f: visa ban} was announced in December.

Cargill said it had stopped buying beans, while smaller exporters went on. Gbagbo's spokesman called the measure a joke since the ports and customs were in the government's hands; he said the government would take over the branches of the central bank.

The African Union suspended nobody this time: {diplomatic restriction; f: Ivory Coast was barred from its meetings} in December. Nigeria's foreign minister wants the Security Council to authorise force. South Africa is against.

Bank queues grew in Abidjan. A strike called by Ouattara's camp was widely ignored.""",
    "rhodesia 1968": """UNITED NATIONS, May 29 - The Security Council tonight unanimously approved {trade ban; a: a nearly total embargo on trade with Rhodesia}, where a white minority declared independence in 1965.

Under the resolution, which Britain negotiated with the Afro-Asian members for six weeks, states are to {trade ban; a: buy nothing that comes from the territory} and to {=2: sell nothing to it but medicines and schoolbooks}. {travel ban; a: Holders of Rhodesian passports will be turned back at frontiers}, {flight ban; a: airlines may not fly to Salisbury}, and {financial transactions ban; a: no money may be remitted except for pensions and relief}. {?diplomatic restriction; p: Consuls and trade representatives should be withdrawn}.

The selective sanctions of December 1966 {oil and gas ban; f: forbade the supply of oil} and {metals and minerals ban; f: purchases of chrome, asbestos and iron ore}, but oil trains still arrive from Mozambique.

African delegates had demanded the use of force and a boycott of Portugal and South Africa, which have said they will go on trading with Ian Smith. Their amendments were not put to the vote.

Lord Caradon of Britain said the noose had been drawn tighter. The Soviet delegate called it full of holes. In Salisbury, a government spokesman said housewives would hardly notice; the tobacco auction, whose results are secret, opened as planned.

Zambia, which would suffer most, asked for help. Last year it sold its neighbour $10 million of goods.""",
    "china taiwan pelosi 2022": """BEIJING/TAIPEI, Aug 3 (Reuters) - China {seafood and food ban; a: suspended imports of citrus fruit, chilled hairtail and frozen mackerel from Taiwan} and {gems and timber ban; a: exports of natural sand to it} on Wednesday, hours after U.S. House Speaker Nancy Pelosi landed on the island.

Customs gave pesticide residues and traces of the coronavirus on packages as reasons. On Monday it had {seafood and food ban; a; 35: halted shipments from 35 Taiwanese makers of biscuits and pastry}.

The Taiwan Affairs Office said two foundations close to the ruling party would be punished: {financial transactions ban; a: mainland companies are barred from any deals with them} and {travel ban; a: their heads may not enter the mainland}.

Beijing's commerce ministry is known to use such measures in disputes. It {seafood and food ban; f: banned Taiwanese pineapples} last year, which led to a run on the fruit in Japan, and beer from a brewer in Kaohsiung waits for a permit.

Taiwan's economy ministry said sand from China made up less than one percent of what builders use. Chips, the island's most valuable export, were left alone.

Pelosi met President Tsai Ing-wen and left for South Korea. China began drills with live ammunition in six areas around Taiwan; airlines were asked to keep away, and ships changed course. Tokyo protested. Analysts saw no sign that the strait would be blockaded.""",
}

# Talk of measures, deeds of those who bind nobody, everyday uses of the same verbs: no measure in any of them.
TALK = [
    "China called on all sides to exercise restraint and return to talks.",
    "The ban has cost the country a third of its exports, economists say.",
    "Moscow demanded that the West lift the sanctions.",
    "The council is to vote on the resolution on Tuesday.",
    "The embargo imposed in 1990 brought hunger to the cities of Iraq.",
    "North Korea tested a banned ballistic missile on Sunday.",
    "Smugglers have evaded the coal ban for years, the experts wrote.",
    "Critics called the asset freeze toothless.",
    "Diplomats hope that the measures will persuade Tehran to stop enriching uranium.",
    "The airline cancelled its flights to the capital because of fog.",
    "The company makes luxury goods such as handbags.",
    "Under a past deal, Iran agreed to limit its enrichment.",
    "The police seized a shipment of cocaine bound for Europe.",
    "He accused Seoul of violating the arms embargo.",
    "Trade between the two countries fell by a fifth last year.",
    "The talks stopped short of new sanctions, and no measures were agreed.",
    "The council did not impose an oil embargo.",
    "The United States has long urged China to cut off oil to its neighbour.",
    "Opposition leaders asked the EU to freeze the president's assets.",
    "The envoy was summoned over the travel ban.",
    "China opposes an oil embargo.",
    "The new sanctions are aimed at the leadership and not at ordinary people.",
    "It would be the harshest package since the invasion.",
    "Experts doubt that a price cap can be enforced.",
    "Sanctions were first imposed on the country in 2006 after its first nuclear test.",
    "The bank denied that it had ever done business with the sanctioned firm.",
    "The minister said the freeze in relations would not last.",
    "She would rather see an arms embargo than another round of talks, the senator said.",
    "Does the arms embargo still make sense?",
    "An earlier text would have banned coal imports, but it was dropped.",
    "Protesters urged the United Nations to impose a global arms embargo.",
    "The border was closed to visitors because of the disease.",
    "Exports of potash earn the country $2 billion a year.",
    "The court froze the case until the spring.",
    # law and order, private choice, a state's own trade, other senses of the words
    "Police froze the accounts of the party and arrested 30 people.",
    "His accounts were frozen by a court in a fraud case.",
    "Traders said they had stopped buying Venezuelan crude for fear of sanctions.",
    "The bank said it had frozen the accounts because of the sanctions.",
    "Activists told the assembly to ban the sale of rifles to the junta.",
    "India restricted exports of rice because of a poor harvest.",
    "The governor expelled two aid workers after the riot.",
    "Iran's parliament sanctioned the budget.",
    "South Korea cut imports of Iranian crude by half to win a waiver.",
    # what is held up, dropped or only voted on
    "Hungary blocked the adoption of new sanctions on Russian oil.",
    "Ministers dropped plans to sanction the patriarch.",
    "The bill to ban imports of Russian uranium died in the Senate.",
    "A vote to renew the travel bans is due on Friday.",
    # what others ought to do
    "Rights groups said states must halt arms transfers to the army.",
    "The West should ban Russian gas, the activist said.",
    "Rights groups want the council to add two generals to the list.",
    "He has called for an end to the ban on imports of Japanese seafood.",
    "The general secretary called for an oil embargo.",
    "Those blacklisted include a deputy minister and a bank.",
]

# Ordinary stories in which no state or body punishes another.
PLAIN = [
    """SYDNEY - Cricket's governing body on Thursday banned opener Mark Dunlop for six matches and fined him half his fee after a tribunal found that he had abused an umpire. His club said it would appeal. Dunlop has already been dropped from the squad for the tour of India. The board also suspended the licence of his agent, Paul Rees, and barred him from all grounds until March. "I have let people down," the player said in a statement. Tickets for the Adelaide test are no longer on sale.""",
    """HELSINKI - Finland's airports will close for four hours on Friday as ground staff walk out over pay. Finnair has cancelled 230 flights to and from Helsinki, and some trains will not run. The carrier said travellers could change their tickets without charge. The union, which represents 4,500 workers, has also threatened to block deliveries of fuel. Talks broke off on Tuesday. A spokeswoman for the airports said planes already in the air would be allowed to land. Cargo for hospitals is exempt.""",
    """DHAKA - A tannery district that poisoned a river for half a century has been cut off from gas and electricity on the orders of the High Court. Owners of 154 plants had ignored three deadlines to move. Police sealed the gates on Saturday. Exports of leather to Italy and China, worth $1.2 billion a year, may be halted for months, the industry's association said. Workers blocked a road and demanded compensation. The environment ministry had frozen the bank accounts of eleven firms last month because of unpaid fines.""",
    """NAIROBI - Kenya has banned the use, manufacture and import of plastic bags in a second attempt to rid its lakes of litter. Anyone found selling them faces up to four years in jail or a fine of $38,000. Shops may no longer hand them out, and travellers have to leave duty-free bags at the airport. Uganda and Tanzania are considering similar laws. Manufacturers said 60,000 jobs were at risk and asked for a delay of a year, which the court refused. The ban does not cover industrial wrapping.""",
    """LIMA - Peru's health ministry ordered hospitals to stop using a batch of saline from a local laboratory after four patients died. Chile and Ecuador suspended imports of the product as a precaution. The company, Medifarma, said it had withdrawn 12,000 bags and was helping investigators. Prosecutors searched its plant on Wednesday and seized documents. Congress summoned the health minister. The regulator has shut the production line and cancelled its certificate.""",
    """CHICAGO - The city council voted 31-17 on Wednesday to cap rents near the new transit line and to end tax breaks for warehouses. Mayor Carla Ruiz, who vetoed a similar measure in 2019, said she would sign it. Landlords called it a punishment. Under the ordinance owners must give tenants ninety days' notice and may not charge more than one month's deposit. The police chief told aldermen that the department would stop chasing cars for minor offences. An amendment to restrict short-term rentals failed.""",
    """MUNICH - Carmaker BMW halted production at its plant in Hungary because a fire at a supplier in Slovakia had cut off deliveries of wiring. Shifts in Leipzig are being reduced, and the company has stopped taking orders for one model in the United States. Shares fell 3 percent. The union called on managers to withdraw a plan to move 600 jobs to Mexico. A spokesman declined to say when lines would restart. China, its biggest market, is not affected.""",
    """LAGOS - Nigeria's central bank lifted a four-year-old restriction on the sale of dollars to importers of 43 products, including rice and cement, and said it would let the naira find its level. The bank had barred them from the official market to save reserves. Economists welcomed the step. The government closed its land borders in 2019 to stop smuggling and reopened them a year later. Customs seized 40 trucks of petrol on the road to Benin last week.""",
    """BRISBANE - Australia suspended beef exports from one abattoir to the United States after inspectors found traces of a banned antibiotic. The agriculture department said the plant had withdrawn 90 tonnes voluntarily. U.S. officials were told on Monday. Exports from 52 other plants go on as before. Farmers, who have lost cattle to floods, said it came at the worst time. Japan asked for more information but did not restrict purchases.""",
    """ZAGREB - Croatian police have expelled 14 football supporters from Serbia and barred them from the country for a year after fights in the old town. UEFA, the game's European body, closed part of Dinamo's stadium and fined the club 60,000 euros. The club's owner said fans would not be allowed to travel to the next away match. A court froze the assets of a travel agent who had sold forged tickets. Two of the men were named as leaders of a gang.""",
    """WASHINGTON - The Senate on Tuesday rejected a bill that would have barred members of Congress from trading shares, and a proposal to freeze federal hiring died in committee. Republicans want to cut funding for the parks by a tenth. The president's budget would end grants to sixteen states for school meals, lower the tax on spirits and prohibit the interior department from leasing land off Alaska to drillers. Democrats named three senators to a panel that will look for a compromise. A government shutdown is expected if none is found by Friday.""",
    """MANILA - Facebook has removed 200 pages linked to a marketing company in Manila that it accused of sharing spam, and blocked users from sending links to its sites. The company, Twinmark, was banned from using the platform. The Philippines' presidential spokesman said the government had nothing to do with it. Twitter suspended the account of a lawmaker in January. Vietnam told both firms to store data in the country and to take down posts within a day.""",
    """ACCRA - Teachers at Ghana's public universities ended a five-week strike on Monday after the government agreed to pay research allowances. Lectures resume on Thursday. The labour commission had obtained an order to stop the walkout and threatened to withhold salaries. Students from neighbouring Togo, who were sent home in October, may return to their halls. The finance minister warned that hiring would be frozen in the new year. The opposition called for his resignation.""",
    """OTTAWA - The transport minister grounded a fleet of 14 water bombers after a wing cracked in flight, and the maker told operators in Spain, Greece and Croatia to check theirs. Wildfires in Quebec have forced 9,000 people out of their homes. The province banned open fires and closed 12 parks; violators face a fine of C$1,000. The United States is sending crews. Smoke has stopped ferries on the lower St. Lawrence, and flights were diverted to Moncton.""",
    """BEIJING - China's regulator halted approvals for new video games and said children might play no more than an hour a day at weekends. Tencent lost $60 billion in market value. The company has limited play by minors since 2017 and asks them to show their face. State media had called games "spiritual opium". Foreign studios that hoped to sell in the country, among them two from Japan, have put releases on hold. Analysts expect the ban on new titles to be lifted in the spring.""",
    """ROME - Italy's farm minister named eight wines that will lose their protected label because growers broke the rules on yields. The consortium of Asti expelled two members. Sales to Russia, Germany and Britain, which take half of the output, fell by 6 percent last year. The European Commission turned down a request to limit imports of cheap bottles from Chile. Growers in Piedmont want the government to cut red tape and to lift a cap on new vines.""",
]
