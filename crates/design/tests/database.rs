//! Short texts with the constraints that must come out of each.

use design::{Design, Options};

fn design_of(text: &str) -> Design {
    let analysis = requirements::analyze(text).expect("short");
    design::design(analysis, &Options::default()).expect("no options, no refusal")
}

#[test]
fn somebody_who_rents_is_no_tenant_of_the_system() {
    let text = "A tenant has a name. A tenancy belongs to one tenant and has a start date. The clerk registers tenants and tenancies.";
    let design = design_of(text);
    assert!(
        design.database.tables.iter().any(|table| table.name == "tenants"),
        "{:#?}",
        design.database.tables
    );
    assert!(design.database.policies.iter().all(|policy| policy.name != "tenant"));
}

#[test]
fn the_tenant_has_one_column_whatever_the_text_calls_so() {
    for said in [
        "An invoice has a tenant_id and an amount.",
        "A tenant has a name. An invoice belongs to a tenant and has an amount.",
        "A tenant has a name. An invoice has an amount. Invoices have many tenants and tenants have many invoices.",
    ] {
        let text = format!(
            "It is a multi-tenant SaaS: each company sees only its own data. Clerks register invoices. {said}"
        );
        let design = design_of(&text);
        assert!(design.database.policies.iter().any(|policy| policy.name == "tenant"), "{said}");
        for table in &design.database.tables {
            let names: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
            let mut single = names.clone();
            single.sort_unstable();
            single.dedup();
            assert_eq!(single.len(), names.len(), "{said}: {} has {names:?}", table.name);
        }
    }
}

#[test]
fn states_are_a_checked_column_whose_moves_are_kept() {
    let design = design_of(
        "An appointment has a date. An appointment is requested, then confirmed, then attended. The clerk confirms appointments.",
    );
    let table = design.database.tables.iter().find(|table| table.entity == "Appointment").expect("a table");
    let states = table.states.as_ref().expect("states");
    assert!(table.checks.iter().any(|check| check.column == states.column && check.values.len() == 3));
    assert!(states.enforced, "{states:?}");
}

#[test]
fn tables_come_after_those_they_refer_to() {
    let design = design_of(
        "An entry belongs to one account. An account belongs to one customer. A customer has a name. An entry has an amount.",
    );
    let order: Vec<&str> = design.database.in_order().iter().map(|table| table.name.as_str()).collect();
    for table in &design.database.tables {
        for key in &table.foreign_keys {
            let place = |name: &str| order.iter().position(|known| *known == name);
            assert!(place(&key.references.table) <= place(&table.name), "{order:?}");
        }
    }
}
