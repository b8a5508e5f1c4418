//! Small dictionaries of our own.

use super::*;

fn read(name: &str, text: &str) -> Import {
    import(&[Dictionary { place: name.into(), text: text.into() }], &Lexicon::builtin())
}

fn rows(import: &Import, table: &str) -> Vec<String> {
    import.rows.get(table).into_iter().flatten().map(|row| row.join("\t").trim_end().to_owned()).collect()
}

fn left(import: &Import) -> Vec<(&'static str, usize)> {
    import.left.iter().map(|(kind, (count, _))| (*kind, *count)).collect()
}

#[test]
fn actors_are_organisations_with_country_kind_and_sector() {
    let import = read(
        "x.actors.txt",
        "<!-- a comment\nover lines -->\nTHE_NORTHERN_BLOC_ [NORREB] # note\n+BLOCISTS_\n+NB_\nRIVER_COUNCIL_OF_ALTMARK\n\
         \t[IGODEV]\nWESTMARK_GUARD [SWEMIL]\nUN_WELL_FUND [IGODEV]\nBRDW_COPPER_ [MNC]\nOPEN_WELLS ; note\n+OPEN_WELLS_INTERNATIONAL\n\t[NGOHLH]\n",
    );
    assert_eq!(
        rows(&import, "organisations.tsv"),
        [
            "Northern Bloc\tBlocists|NB\tarmed_group\tNOR\tREB",
            "River Council of Altmark\t\torganisation\tIGO",
            "Westmark Guard\t\tmilitary\tSWE\tMIL",
            "UN Well Fund\t\torganisation\tIGO",
            "BRDW Copper\t\torganisation\t\tBUS",
            "Open Wells\tOpen Wells International\torganisation\tNGO\tMED",
        ]
    );
    assert_eq!(left(&import), []);
    assert_eq!((import.entries, import.taken), (6, 6));
}

#[test]
fn countries_persons_and_broken_lines_are_left_and_told() {
    let text = "NORWAY_ [NOR]\n+NORWEGIAN_\nOLA_NORDMANN_\n\t[NORGOV 010101-051231]\n\t[NORELI]\nMARIA_BERG_ [NORBUS]\nBROKEN [NORGOV\n\
                NO_CODE\nBAD_DATE [NORMIL 2001]\nUNITED_NATIONS_ [IGOUNO]\n\
                UN_PEACEKEEPER [IGOUNO]\nPRESIDENT_OF_THE_WELL_FUND [IGODEV]\n";
    let import = read("x.actors.txt", text);
    assert_eq!(rows(&import, "organisations.tsv"), [""; 0]);
    let persons: usize = import.rows.get("officeholders.tsv").map_or(0, Vec::len);
    let told = import.summary();
    for kind in [
        "a country",
        "a bracket that is not closed",
        "no code",
        "a code or date that cannot be read",
        "known to organisations",
        "2: the holder of an office",
    ] {
        assert!(told.contains(kind), "{kind}: {told}");
    }
    assert!(told.contains("x.actors.txt:7: BROKEN [NORGOV"), "{told}");
    assert!(persons > 0 || told.contains("not taken, 2: a person with offices or dates"), "{told}");
}

#[test]
fn times_that_the_table_of_persons_cannot_hold_are_told() {
    let text =
        "MARIA_BERG_\n\t[NORGOV >07010101]\n\t[NORGOV 070101-060101]\n\t[NORGOV 18890101-18920101]\n\t[NORGOV 060101-070101]\n";
    let import = read("x.actors.txt", text);
    assert!(left(&import).contains(&("a code or date that cannot be read", 3)), "{}", import.summary());
    assert_eq!(rows(&import, "officeholders.tsv"), ["Maria Berg\tNOR\t\tGOV\t\t2006-01\t2007-01\t2007"]);
}

#[test]
fn agents_are_nouns_with_their_macros_written_out() {
    let import = read(
        "x.agents.txt",
        "!PERSON! = MAN, MEN, WOMAN, PERSON\nFERRY!PERSON! [~BUS]\nDYKE_REEVE_OFFICER [~GOV]\nQUARRY_WARDENRY {} [~GOVCOP]\n\
         POLICE {} [~COP]\nTHE_LANDLESS {} [~CVL]\nDEPARMENT_OF_DYKES [~GOV]\nLOST!THING! [~CVL]\nXYZZY [~CVL]\nOPEN [~CVL\n",
    );
    assert_eq!(
        rows(&import, "actor_nouns.tsv"),
        [
            "ferryman\tperson\tBUS",
            "ferrywoman\tperson\tBUS",
            "ferryperson\tperson\tBUS",
            "dyke reeve officer\tperson\tGOV",
            "quarry wardenry\torganisation\tGOV\tyes",
            "landless\tpopulation\tCVL\tyes",
            "deparment of dykes\torganisation\tGOV\tyes",
        ]
    );
    assert_eq!(
        left(&import),
        [
            ("a bracket that is not closed", 1),
            ("a list (!...!) that is not known or stands for too much", 1),
            ("known to actor_nouns.tsv", 1),
            ("neither a person nor a body by its last word", 1),
        ]
    );
}

#[test]
fn verbs_are_rows_of_events() {
    let import = read(
        "x.verbs.txt",
        "&VESSEL\n+BOAT\n+FERRY BOATS_\n\n--- STRAND [190] ---\nSTRAND {STRANDED }\nMAROON [181]\n+PIN_DOWN {+PINS_DOWN}\n\
         - * &VESSEL [171] # a note\n- * (ON {SMALL ISLAND})   [0841]\n- % * [040:040]\n- * ALOUD [010]\n\n--- MUSE [---] ---\nMUSE\n",
    );
    assert_eq!(
        rows(&import, "events.tsv"),
        [
            "pin\tverb\tdown+on+small+island\tRETREAT\trelease\t\t0841",
            "strand|maroon\tverb\ton+small+island\tRETREAT\trelease\t\t0841",
            "pin\tverb\tdown+boat|boats\tCOERCE\tseize\t\t171",
            "pin\tverb\tdown+aloud\t-",
            "pin\tverb\tdown\tASSAULT\t\t\t190",
            "strand|maroon\tverb\tboat|boats\tCOERCE\tseize\t\t171",
            "strand|maroon\tverb\taloud\t-",
            "strand\tverb\t\tASSAULT\t\t\t190",
            "maroon\tverb\t\tASSAULT\tabduct\t\t181",
            "strand|maroon\tverb\t\tCONSULT\t\t\t040\tsubj&obj&with\t-",
        ]
    );
    assert_eq!(left(&import), [("a verb whose code is no event of PLOVER's (--- and 01)", 1), ("said by an entry before", 1)]);
}

#[test]
fn patterns_that_the_table_cannot_hold_are_told_by_kind() {
    let import = read(
        "x.verbs.txt",
        "--- STRAND [190] ---\nSTRAND\n- NOT * [112]\n- SAID * [053]\n- + WAS * BY $ [190]\n- * &NOWHERE [171]\n- WITHOUT [171]\n\
         - * A/B [171]\n- * BOAT [XYZ]\n- * BOAT [171\n~ a (b) = c\n",
    );
    assert_eq!(rows(&import, "events.tsv"), ["strand\tverb\t\tASSAULT\t\t\t190"]);
    assert_eq!(left(&import).iter().map(|(_, n)| n).sum::<usize>(), 9);
    assert_eq!(left(&import).len(), 9);
}

#[test]
fn what_is_written_can_be_read() {
    let own = |import: &Import| -> Vec<onrecord_reader::OwnTable> {
        let table = |(name, text): (&str, String)| onrecord_reader::OwnTable { name: name.into(), place: name.into(), text };
        import.tables().into_iter().map(table).collect()
    };
    let dictionaries = [
        (
            "x.actors.txt",
            "THE_NORTHERN_BLOC_ [NORREB]\n+BLOCISTS\n+BLOC.ISTS\nA|B_C [NGO]\nNORTHERN-BLOC [NORREB]\n+BLOCISTS_\n+FAR_BLOC\n-' [NGO]\n",
        ),
        ("x.agents.txt", "DYKE_REEVE_OFFICER [~GOV]\n"),
        ("x.verbs.txt", "--- STRAND [190] ---\nSTRAND\n- * BOATS [171]\n- % * [040]\n"),
    ]
    .map(|(place, text)| Dictionary { place: place.into(), text: text.into() });
    let import = import(&dictionaries, &Lexicon::builtin());
    assert_eq!(Lexicon::faults(&own(&import)), []);
    assert_eq!(import.tables().len(), 3);
    assert_eq!(
        rows(&import, "organisations.tsv"),
        ["Northern Bloc\tBlocists\tarmed_group\tNOR\tREB", "A b C\t\torganisation\tNGO", "Far Bloc\t\tarmed_group\tNOR\tREB"]
    );
}

#[test]
fn hostile_dictionaries_are_read_in_time_and_without_harm() {
    for text in [
        "[".repeat(100_000),
        "!A! = B, C, D, E, F, G, H, I, J\n".to_owned() + &"!A!".repeat(200) + " [~GOV]\n",
        "!A! = !A!!A!\nX!A! [~GOV]\n".into(),
        "&A\n+&A\n--- X [190] ---\nX\n- * &A [171]\n".into(),
        "+\n+\n-\n- \n---\n~\n&\n[]\n{}\n\t[]\n - * [\u{0}]\n".repeat(100),
        "é_ü_ß [ééé]\n\t[NORGOV é-é]\n\t[NORGOV 20010é-01]\n".into(),
        "+A\n".repeat(50_000),
    ] {
        for name in ["x.actors.txt", "x.agents.txt", "x.verbs.txt", "x"] {
            let import = read(name, &text);
            assert!(import.summary().contains("entries taken"));
        }
    }
}
