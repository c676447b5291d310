//! Bullets of features with the operations that a careful engineer derives from them.

use design::Options;

/// `METHOD path` of each operation.
fn operations(text: &str) -> Vec<String> {
    let analysis = requirements::analyze(text).expect("short");
    let design = design::design(analysis, &Options::default()).expect("no options, no refusal");
    design.api.operations.iter().map(|operation| format!("{} {}", operation.method, operation.path)).collect()
}

#[test]
fn letters_opposites_accounts_and_feeds_become_operations() {
    let found = operations(
        "- Authenticate members (login and signup)\n- CRU- members (sign up & profile page)\n- CRUD recipes\n- CR-D reviews on recipes\n- Display paginated lists of recipes\n- Bookmark recipes\n- Follow other members\n",
    );
    let wanted = [
        "POST /members/login",
        "GET /member",
        "PUT /member",
        "POST /members",
        "POST /members/{memberId}/follow",
        "DELETE /members/{memberId}/follow",
        "GET /recipes",
        "POST /recipes",
        "GET /recipes/{recipeId}",
        "PUT /recipes/{recipeId}",
        "DELETE /recipes/{recipeId}",
        "POST /recipes/{recipeId}/bookmark",
        "DELETE /recipes/{recipeId}/bookmark",
        "GET /recipes/feed",
        "GET /recipes/{recipeId}/reviews",
        "POST /recipes/{recipeId}/reviews",
        "DELETE /recipes/{recipeId}/reviews/{reviewId}",
    ];
    assert_eq!(found, wanted);
}

#[test]
fn records_that_others_look_after_are_no_account_of_ones_own() {
    let found = operations(
        "Members log in. Administrators add members and delete members. A member has a name and an email.",
    );
    assert!(found.contains(&"GET /members".to_owned()), "{found:?}");
    assert!(!found.contains(&"GET /member".to_owned()), "{found:?}");
}

#[test]
fn what_is_computed_over_records_is_read_by_itself() {
    let sales =
        "Shops sell candles. A candle has a price. Clerks record sales. A sale has an amount and a day.";
    let found = operations(&format!(
        "{sales} Managers see a monthly report of sales by shop. Owners view statistics about sales."
    ));
    for wanted in ["GET /sales/reports/monthly/shop", "GET /sales/reports/all"] {
        assert!(found.contains(&wanted.to_owned()), "{found:?}");
    }
    // A report that somebody writes is a record like any other.
    let found = operations(
        "Divers write reports on wrecks. A report has a title. A wreck has a depth. Keepers read reports on wrecks.",
    );
    assert!(!found.iter().any(|one| one.contains("/reports/all")), "{found:?}");
}
