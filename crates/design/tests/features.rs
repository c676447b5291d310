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
